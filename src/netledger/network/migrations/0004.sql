-- The versions of a NAS's lists: what notes a NAS, and the publication that raises its versions at commit.

INSERT INTO network_feed (is_only, identity, seen_within_s, swept_at) VALUES (true, gen_random_uuid(), 900, ledger_now());

ALTER TABLE network_listversion SET (fillfactor = 50);

-- NASes whose versions are to be raised when the transaction commits. Rows live within one transaction only.
CREATE UNLOGGED TABLE network_noted (
    transaction xid8 NOT NULL,
    nas_id bigint NOT NULL,
    PRIMARY KEY (transaction, nas_id)
);
CREATE UNLOGGED TABLE network_marker (transaction xid8 PRIMARY KEY);
-- Connections of whose sessions something has changed that a list shows. No key, so that nobody waits for anybody;
-- logged, because what a crash took from here no list would tell of.
CREATE TABLE network_session_news (connection_id bigint NOT NULL);

CREATE FUNCTION network_note(p_nases bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    INSERT INTO network_noted (transaction, nas_id)
        SELECT DISTINCT pg_current_xact_id(), id FROM unnest(p_nases) AS id
        ON CONFLICT DO NOTHING;
    INSERT INTO network_marker (transaction) SELECT pg_current_xact_id() WHERE cardinality(p_nases) > 0
        ON CONFLICT DO NOTHING;
$$;

CREATE FUNCTION network_note_subscribers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM network_note(ARRAY(SELECT DISTINCT c.nas_id
                                 FROM network_connection c
                                WHERE c.subscriber_id IN (SELECT t.subscriber_id FROM touched t)
                                  AND c.ended_at IS NULL));
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_decisions AFTER INSERT ON access_change
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_subscribers();
CREATE TRIGGER network_notes_subscriptions_begun AFTER INSERT ON tariffs_subscription
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_subscribers();
CREATE TRIGGER network_notes_subscriptions_deleted AFTER DELETE ON tariffs_subscription
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_subscribers();

CREATE FUNCTION network_note_subscription() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM network_note(ARRAY(SELECT c.nas_id
                                 FROM network_connection c
                                WHERE c.subscriber_id IN (OLD.subscriber_id, NEW.subscriber_id)
                                  AND c.ended_at IS NULL));
    RETURN NULL;
END
$$;
-- A row trigger with a condition, because each charge updates rows here, and of those none is to cost anything.
CREATE TRIGGER network_notes_subscription AFTER UPDATE ON tariffs_subscription
    FOR EACH ROW WHEN ((OLD.subscriber_id, OLD.plan_id, OLD.from_on, OLD.until_on, OLD.held_at, OLD.speed_id)
        IS DISTINCT FROM (NEW.subscriber_id, NEW.plan_id, NEW.from_on, NEW.until_on, NEW.held_at, NEW.speed_id))
    EXECUTE FUNCTION network_note_subscription();

CREATE FUNCTION network_note_all() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM network_note(ARRAY(SELECT id FROM network_nas WHERE retired_at IS NULL));
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_plan_versions AFTER INSERT ON tariffs_planversion
    FOR EACH STATEMENT EXECUTE FUNCTION network_note_all();

CREATE FUNCTION network_note_connections() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM network_note(ARRAY(SELECT DISTINCT nas_id FROM touched));
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_connections_made AFTER INSERT ON network_connection
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_connections();
CREATE TRIGGER network_notes_connections_deleted AFTER DELETE ON network_connection
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_connections();

CREATE FUNCTION network_note_connections_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM network_note(ARRAY(
        SELECT DISTINCT place.nas_id
          FROM was
          JOIN touched t ON t.id = was.id
         CROSS JOIN LATERAL (VALUES (was.nas_id), (t.nas_id)) AS place (nas_id)
         WHERE (was.subscriber_id, was.nas_id, was.login, was.address, was.mac, was.snat_address, was.by_session,
                was.enabled, was.ended_at, was.speed_id)
               IS DISTINCT FROM (t.subscriber_id, t.nas_id, t.login, t.address, t.mac, t.snat_address, t.by_session,
                                 t.enabled, t.ended_at, t.speed_id)));
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_connections_changed AFTER UPDATE ON network_connection
    REFERENCING OLD TABLE AS was NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION network_note_connections_changed();

CREATE FUNCTION network_note_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO network_session_news (connection_id) SELECT connection_id FROM touched WHERE stopped_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_sessions_begun AFTER INSERT ON network_session
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_sessions();
CREATE TRIGGER network_notes_sessions_deleted AFTER DELETE ON network_session
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION network_note_sessions();

CREATE FUNCTION network_note_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
-- That a session was seen again is no news, unless it had been silent so long that a list may have left it out: half
-- of the time that it lives so, since who reads the list meanwhile may read it a moment later.
BEGIN
    IF (OLD.connection_id, OLD.address, OLD.mac, OLD.stopped_at)
           IS DISTINCT FROM (NEW.connection_id, NEW.address, NEW.mac, NEW.stopped_at)
       OR OLD.seen_at < ledger_now() - make_interval(secs => (SELECT seen_within_s FROM network_feed)) / 2 THEN
        INSERT INTO network_session_news (connection_id) VALUES (NEW.connection_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER network_notes_session AFTER UPDATE ON network_session
    FOR EACH ROW WHEN (OLD.stopped_at IS NULL OR NEW.stopped_at IS NULL) EXECUTE FUNCTION network_note_session();

CREATE FUNCTION network_publish() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
-- Runs at commit, for all that the transaction noted: raises the versions of those NASes in the order of their ids.
-- Where access is yet to decide in this transaction, it waits for that: accounts are locked before NASes, and each
-- transaction raises once. Access takes its marker away before it decides, and that fires this function again.
DECLARE
    v_transaction xid8 := CASE TG_OP WHEN 'DELETE' THEN OLD.transaction ELSE NEW.transaction END;
    v_nases bigint[];
BEGIN
    IF EXISTS (SELECT FROM access_marker WHERE transaction = v_transaction) THEN
        RETURN NULL;
    END IF;
    WITH taken AS (DELETE FROM network_noted WHERE transaction = v_transaction RETURNING nas_id)
    SELECT array_agg(nas_id) INTO v_nases FROM taken;
    DELETE FROM network_marker WHERE transaction = v_transaction;
    INSERT INTO network_listversion AS v (nas_id, negbal, blocked, logged)
    SELECT id, 1, 1, 1 FROM unnest(v_nases) AS id ORDER BY id
    ON CONFLICT (nas_id) DO UPDATE SET negbal = v.negbal + 1, blocked = v.blocked + 1, logged = v.logged + 1;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER network_publishes_at_commit AFTER INSERT ON network_marker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION network_publish();
CREATE CONSTRAINT TRIGGER network_publishes_after_access AFTER DELETE ON access_marker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION network_publish();
