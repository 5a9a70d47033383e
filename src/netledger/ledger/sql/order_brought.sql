-- Puts movements and each day of the runs in the order in which they happened.
INSERT INTO ledger_incoming (row_no, account_id, contra_id, delta, kind, purpose, accounting_day, happened_at,
                             position)
SELECT row_number() OVER (ORDER BY happened_at, position, account_id), account_id, contra_id, delta, kind, purpose,
       accounting_day, happened_at, position
  FROM (SELECT * FROM ledger_brought
         UNION ALL
        SELECT NULL, n.account_id, n.contra_id, r.delta, n.kind, n.purpose, r.day, r.ends_at
          FROM ledger_run n
          JOIN ledger_rate r ON r.purpose = n.purpose AND r.day BETWEEN n.from_on AND n.through_on) AS movement
