-- A bulk is posted by one statement, without a table between, and answers only what it is asked for.
DROP FUNCTION ledger_record_bulk();
CREATE FUNCTION ledger_record_bulk() RETURNS TABLE ("position" bigint, transfer_id bigint) LANGUAGE plpgsql AS $$
-- Posts the rows of the session's temporary table ledger_incoming in their order, as ledger_record would one by one,
-- and answers the operation of each that has a position, in the order of these.
BEGIN
    PERFORM 1 FROM ledger_account
      WHERE id IN (SELECT account_id FROM ledger_incoming) ORDER BY id FOR NO KEY UPDATE;
    RETURN QUERY
    WITH account AS MATERIALIZED (
        SELECT id, balance FROM ledger_account WHERE id IN (SELECT account_id FROM ledger_incoming)
    ), posting AS MATERIALIZED (
        SELECT o.*, nextval('ledger_transfer_id_seq') AS id
          FROM (SELECT i.*, a.balance + sum(i.delta) OVER (PARTITION BY i.account_id ORDER BY i.row_no) AS balance_after
                  FROM ledger_incoming i LEFT JOIN account a ON a.id = i.account_id
                 ORDER BY i.row_no) AS o
    ), moved AS (
        UPDATE ledger_account a SET balance = a.balance + s.delta
          FROM (SELECT account_id, sum(delta) AS delta FROM posting GROUP BY account_id) AS s
         WHERE a.id = s.account_id
    ), written AS (
        INSERT INTO ledger_transfer (id, account_id, debit_id, credit_id, amount, kind, purpose,
                                     accounting_day, happened_at, recorded_at, balance_after)
        SELECT p.id, p.account_id,
               CASE WHEN p.delta > 0 THEN p.contra_id ELSE p.account_id END,
               CASE WHEN p.delta > 0 THEN p.account_id ELSE p.contra_id END,
               abs(p.delta), p.kind, p.purpose, p.accounting_day, p.happened_at, (SELECT ledger_now()), p.balance_after
          FROM posting p
    )
    SELECT p."position", p.id FROM posting p WHERE p."position" IS NOT NULL ORDER BY p."position";
END
$$;
