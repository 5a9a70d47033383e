-- The ledger's clock, its partitioned transfers, the guards that keep rows from being changed, and the postings.

CREATE FUNCTION ledger_now() RETURNS timestamptz LANGUAGE sql STABLE
    SET search_path = public, pg_temp
AS $$
    -- The one clock: a test sets netledger.now for its session.
    SELECT coalesce(nullif(current_setting('netledger.now', true), '')::timestamptz, clock_timestamp())
$$;

CREATE FUNCTION ledger_zone_name() RETURNS text LANGUAGE sql STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT coalesce((SELECT name FROM ledger_zone), 'UTC')
$$;

CREATE FUNCTION ledger_today() RETURNS date LANGUAGE sql STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT (ledger_now() AT TIME ZONE ledger_zone_name())::date
$$;

CREATE FUNCTION ledger_day_start(p_day date) RETURNS timestamptz LANGUAGE sql STABLE STRICT
    SET search_path = public, pg_temp
AS $$
    -- The first instant of that date or a later one. A midnight that does not exist is read by the offset before the
    -- gap, which is that instant already (also where a whole date is left out); of a midnight that comes twice
    -- PostgreSQL takes the later one, so look back as far as clocks were ever set back, by quarters of an hour.
    SELECT min(candidate)
      FROM (SELECT (p_day::timestamp AT TIME ZONE ledger_zone_name()) - quarters * interval '15 minutes' AS candidate
              FROM generate_series(0, 4 * 4) AS quarters) AS candidates
     WHERE (candidate AT TIME ZONE ledger_zone_name())::date >= p_day
$$;

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: its rows are never changed and never deleted', TG_OP, TG_TABLE_NAME
        USING HINT = 'Put a mistake right by a new row: a reversal or a correction.';
END
$$;

CREATE SEQUENCE ledger_transfer_id_seq AS bigint;

CREATE TABLE ledger_transfer (
    id bigint NOT NULL DEFAULT nextval('ledger_transfer_id_seq'),
    account_id bigint NOT NULL REFERENCES ledger_account (id),
    debit_id bigint NOT NULL,
    credit_id bigint NOT NULL,
    amount numeric(10, 2) NOT NULL CONSTRAINT amount_is_above_zero CHECK (amount > 0),
    kind text NOT NULL,
    purpose text NOT NULL,
    accounting_day date NOT NULL,
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    balance_after numeric(14, 2) NOT NULL,
    CONSTRAINT ledger_transfer_pkey PRIMARY KEY (id),
    CONSTRAINT account_is_one_of_the_two CHECK (account_id = debit_id OR account_id = credit_id),
    CONSTRAINT money_moves_between_two CHECK (debit_id <> credit_id)
) PARTITION BY RANGE (id);
ALTER SEQUENCE ledger_transfer_id_seq OWNED BY ledger_transfer.id;
CREATE INDEX transfers_of_an_account ON ledger_transfer (account_id, id);
CREATE TRIGGER ledger_transfer_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_reversal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_reversal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_keep_partitions_ahead() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET lock_timeout = '200ms'
AS $$
-- Makes partitions of ten million ids, each with its own guard (a parent's does not guard them), until two lie
-- ahead of the one in use. To attach one waits for all who write accounts, and all who come later wait behind it:
-- so it gives up soon, and the next tick tries again; two ahead leave it the time.
DECLARE
    c_size constant bigint := 10000000;
    v_last bigint := (SELECT last_value FROM ledger_transfer_id_seq);
    v_number bigint;
    v_name text;
    v_made integer := 0;
BEGIN
    FOR v_number IN v_last / c_size .. v_last / c_size + 2 LOOP
        v_name := 'ledger_transfer_' || lpad(v_number::text, 6, '0');
        CONTINUE WHEN to_regclass(v_name) IS NOT NULL;
        PERFORM pg_advisory_xact_lock(hashtext('ledger_keep_partitions_ahead'));
        CONTINUE WHEN to_regclass(v_name) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE ledger_transfer INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', v_name);
        EXECUTE format('CREATE TRIGGER ledger_transfer_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()', v_name);
        EXECUTE format('ALTER TABLE ledger_transfer ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
            v_name, v_number * c_size, (v_number + 1) * c_size);
        v_made := v_made + 1;
    END LOOP;
    RETURN v_made;
EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
END
$$;
SELECT ledger_keep_partitions_ahead();

CREATE FUNCTION ledger_post(
    p_id bigint, p_account bigint, p_contra bigint, p_delta numeric,
    p_kind text, p_purpose text, p_day date, p_happened timestamptz
) RETURNS numeric LANGUAGE plpgsql AS $$
-- Writes the transfer p_id, drawn by the caller after the account's lock, and the balance it leaves, which it answers.
-- p_delta is what the subscriber's account gains (above zero) or loses (below); the columns would round it.
DECLARE
    v_balance numeric;
BEGIN
    IF p_delta <> round(p_delta, 2) THEN
        RAISE EXCEPTION 'a sum has two places at most, not %', p_delta;
    END IF;
    UPDATE ledger_account SET balance = balance + p_delta WHERE id = p_account RETURNING balance INTO STRICT v_balance;
    INSERT INTO ledger_transfer (id, account_id, debit_id, credit_id, amount, kind, purpose,
                                 accounting_day, happened_at, recorded_at, balance_after)
    VALUES (p_id, p_account,
            CASE WHEN p_delta > 0 THEN p_contra ELSE p_account END,
            CASE WHEN p_delta > 0 THEN p_account ELSE p_contra END,
            abs(p_delta), p_kind, p_purpose, p_day, p_happened, ledger_now(), v_balance);
    RETURN v_balance;
END
$$;

CREATE FUNCTION ledger_record(
    p_account bigint, p_contra bigint, p_delta numeric, p_kind text, p_purpose text, p_day date,
    p_happened timestamptz, OUT transfer_id bigint, OUT balance_after numeric
) LANGUAGE plpgsql AS $$
-- Locks the account, then draws the id, so that ids of one account are in the order of its balances.
BEGIN
    PERFORM 1 FROM ledger_account WHERE id = p_account FOR NO KEY UPDATE;
    transfer_id := nextval('ledger_transfer_id_seq');
    balance_after := ledger_post(transfer_id, p_account, p_contra, p_delta, p_kind, p_purpose, p_day, p_happened);
END
$$;

CREATE FUNCTION ledger_reverse(
    p_transfer bigint, OUT outcome text, OUT reversing_id bigint, OUT balance_after numeric
) LANGUAGE plpgsql AS $$
-- Takes a transfer back, once: outcome done, already (with the first reversal's operation and balance), final or unknown.
DECLARE
    v_account bigint;
    v_contra bigint;
    v_delta numeric;
    v_kind text;
BEGIN
    SELECT t.account_id, CASE WHEN t.credit_id = t.account_id THEN t.debit_id ELSE t.credit_id END,
           CASE WHEN t.credit_id = t.account_id THEN -t.amount ELSE t.amount END, t.kind
      INTO v_account, v_contra, v_delta, v_kind
      FROM ledger_transfer t WHERE t.id = p_transfer;
    IF NOT FOUND THEN
        outcome := 'unknown';
        RETURN;
    ELSIF v_kind = 'reversal' THEN
        outcome := 'final';
        RETURN;
    END IF;
    PERFORM 1 FROM ledger_account WHERE id = v_account FOR NO KEY UPDATE;
    reversing_id := nextval('ledger_transfer_id_seq');
    INSERT INTO ledger_reversal (reversed_id, reversing_id) VALUES (p_transfer, ledger_reverse.reversing_id)
        ON CONFLICT (reversed_id) DO NOTHING;
    IF FOUND THEN
        outcome := 'done';
        balance_after := ledger_post(reversing_id, v_account, v_contra, v_delta, 'reversal',
                                     'reversal of ' || p_transfer, ledger_today(), ledger_now());
        RETURN;
    END IF;
    outcome := 'already';
    SELECT r.reversing_id, t.balance_after INTO ledger_reverse.reversing_id, ledger_reverse.balance_after
      FROM ledger_reversal r JOIN ledger_transfer t ON t.id = r.reversing_id WHERE r.reversed_id = p_transfer;
END
$$;

CREATE FUNCTION ledger_record_bulk() RETURNS TABLE (row_no bigint, transfer_id bigint) LANGUAGE plpgsql AS $$
-- Posts the rows of the session's temporary table ledger_incoming in their order, as ledger_record would one by one.
BEGIN
    PERFORM 1 FROM ledger_account
      WHERE id IN (SELECT account_id FROM ledger_incoming) ORDER BY id FOR NO KEY UPDATE;
    CREATE TEMPORARY TABLE ledger_posting ON COMMIT DROP AS
        SELECT o.row_no, nextval('ledger_transfer_id_seq') AS id, o.account_id, o.contra_id, o.delta, o.kind,
               o.purpose, o.accounting_day, o.happened_at, o.balance_after
          FROM (SELECT i.*, a.balance + sum(i.delta) OVER (PARTITION BY i.account_id ORDER BY i.row_no) AS balance_after
                  FROM ledger_incoming i LEFT JOIN ledger_account a ON a.id = i.account_id
                 ORDER BY i.row_no) AS o;
    UPDATE ledger_account a SET balance = a.balance + s.delta
      FROM (SELECT account_id, sum(delta) AS delta FROM ledger_posting GROUP BY account_id) AS s
     WHERE a.id = s.account_id;
    INSERT INTO ledger_transfer (id, account_id, debit_id, credit_id, amount, kind, purpose,
                                 accounting_day, happened_at, recorded_at, balance_after)
        SELECT p.id, p.account_id,
               CASE WHEN p.delta > 0 THEN p.contra_id ELSE p.account_id END,
               CASE WHEN p.delta > 0 THEN p.account_id ELSE p.contra_id END,
               abs(p.delta), p.kind, p.purpose, p.accounting_day, p.happened_at, (SELECT ledger_now()), p.balance_after
          FROM ledger_posting p ORDER BY p.id;
    RETURN QUERY SELECT p.row_no, p.id FROM ledger_posting p ORDER BY p.row_no;
    DROP TABLE ledger_posting;
END
$$;

INSERT INTO ledger_account (kind, overdraft) VALUES ('revenue', 0), ('transit', 0), ('opening', 0), ('corrections', 0);
INSERT INTO ledger_zone (is_only, name) VALUES (true, 'UTC');
-- A name that PostgreSQL does not know would fail every decision; the constraint refuses it by failing itself.
ALTER TABLE ledger_zone ADD CONSTRAINT the_zone_is_known
    CHECK ((timestamptz '2000-01-01 00:00+00' AT TIME ZONE name) IS NOT NULL);

ALTER TABLE ledger_account SET (fillfactor = 70);
