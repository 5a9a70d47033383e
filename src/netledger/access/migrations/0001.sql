-- The note that an account went over its threshold, and the publication of decisions at commit.

CREATE TRIGGER access_change_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_change
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Who is to be decided about when the transaction commits. Rows live within one transaction only.
CREATE UNLOGGED TABLE access_noted (
    transaction xid8 NOT NULL,
    subscriber_id bigint NOT NULL,
    PRIMARY KEY (transaction, subscriber_id)
);
CREATE UNLOGGED TABLE access_marker (transaction xid8 PRIMARY KEY);

CREATE FUNCTION access_state(p_subscribers bigint[])
    RETURNS TABLE (subscriber_id bigint, negbal boolean, blocked boolean, reason text, recheck_at timestamptz)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    -- What the rules say now of each of these subscribers; writes nothing.
    SELECT s.id,
           a.overdrawn OR NOT plans.opens,
           block.there,
           CASE WHEN s.closed_at IS NOT NULL THEN 'closed'
                WHEN block.there THEN 'blocked'
                WHEN a.overdrawn THEN 'overdrawn'
                WHEN plans.opens THEN 'open'
                WHEN plans.held THEN 'held'
                ELSE 'no_plan' END,
           plans.recheck_at
      FROM unnest(p_subscribers) AS wanted (id)
      JOIN subscribers_subscriber s ON s.id = wanted.id
      JOIN ledger_account a ON a.id = s.account_id
     CROSS JOIN (SELECT ledger_today() AS today) AS clock
     CROSS JOIN LATERAL (
           SELECT coalesce(bool_or(n.today AND p.held_at IS NULL), false) AS opens,
                  coalesce(bool_or(n.today AND p.held_at IS NOT NULL), false) AS held,
                  ledger_day_start(min(CASE WHEN p.from_on > clock.today THEN p.from_on
                                            WHEN n.today THEN p.until_on + 1 END)) AS recheck_at
             FROM tariffs_subscription p
             JOIN tariffs_plan k ON k.id = p.plan_id AND k.gives_access
            CROSS JOIN LATERAL (SELECT p.from_on <= clock.today
                                       AND (p.until_on IS NULL OR p.until_on >= clock.today) AS today) AS n
            WHERE p.subscriber_id = s.id) AS plans
     CROSS JOIN LATERAL (
           SELECT EXISTS (SELECT FROM access_block b
                           WHERE b.subscriber_id = s.id AND b.lifted_at IS NULL) AS there) AS block
$$;

CREATE FUNCTION access_note(p_subscribers bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    INSERT INTO access_noted (transaction, subscriber_id)
        SELECT pg_current_xact_id(), id FROM unnest(p_subscribers) AS id
        ON CONFLICT DO NOTHING;
    INSERT INTO access_marker (transaction) VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
$$;

CREATE FUNCTION access_note_threshold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM access_note(ARRAY(SELECT id FROM subscribers_subscriber WHERE account_id = NEW.id));
    RETURN NULL;
END
$$;
CREATE TRIGGER access_notes_threshold AFTER UPDATE OF balance, overdraft ON ledger_account
    FOR EACH ROW WHEN (OLD.overdrawn IS DISTINCT FROM NEW.overdrawn)
    EXECUTE FUNCTION access_note_threshold();

CREATE FUNCTION access_publish() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
-- Runs once, at commit, for all that the transaction noted: locks their accounts in the order of id, then, in a new
-- statement, decides, and writes the decisions and what of them is a change.
DECLARE
    v_subscribers bigint[];
BEGIN
    WITH taken AS (DELETE FROM access_noted WHERE transaction = NEW.transaction RETURNING subscriber_id)
    SELECT array_agg(subscriber_id) INTO v_subscribers FROM taken;
    DELETE FROM access_marker WHERE transaction = NEW.transaction;
    PERFORM 1 FROM ledger_account
      WHERE id IN (SELECT account_id FROM subscribers_subscriber WHERE id = ANY (v_subscribers))
      ORDER BY id FOR NO KEY UPDATE;
    WITH state AS MATERIALIZED (
        SELECT s.*, ledger_now() AS at,
               d.subscriber_id IS NULL
                   OR (d.negbal, d.blocked, d.reason) IS DISTINCT FROM (s.negbal, s.blocked, s.reason) AS differs
          FROM access_state(v_subscribers) s
          LEFT JOIN access_decision d ON d.subscriber_id = s.subscriber_id
    ), changed AS (
        INSERT INTO access_change (subscriber_id, at, negbal, blocked, reason)
        SELECT subscriber_id, at, negbal, blocked, reason FROM state WHERE differs
    )
    INSERT INTO access_decision AS d (subscriber_id, negbal, blocked, reason, since_at, recheck_at)
    SELECT subscriber_id, negbal, blocked, reason, at, recheck_at FROM state
    ON CONFLICT (subscriber_id) DO UPDATE
       SET negbal = excluded.negbal, blocked = excluded.blocked, reason = excluded.reason,
           recheck_at = excluded.recheck_at,
           since_at = CASE WHEN (d.negbal, d.blocked, d.reason)
                                IS DISTINCT FROM (excluded.negbal, excluded.blocked, excluded.reason)
                           THEN excluded.since_at ELSE d.since_at END;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER access_publishes_at_commit AFTER INSERT ON access_marker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_publish();

ALTER TABLE access_decision SET (fillfactor = 80);
