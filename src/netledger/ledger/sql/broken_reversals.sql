-- Reversals that are not the exact opposite of what they reverse, reverse a reversal, or stand without their row.
SELECT coalesce(b.id, r.reversing_id) AS reversing_id, coalesce(r.reversed_id, 0) AS reversed_id
  FROM ledger_reversal r
  FULL JOIN (SELECT * FROM ledger_transfer WHERE kind = 'reversal') b ON b.id = r.reversing_id
  LEFT JOIN ledger_transfer t ON t.id = r.reversed_id
 WHERE b.id IS NULL OR r.reversed_id IS NULL OR t.id IS NULL OR t.kind = 'reversal'
    OR (b.account_id, b.debit_id, b.credit_id, b.amount) IS DISTINCT FROM (t.account_id, t.credit_id, t.debit_id, t.amount)
 ORDER BY 1
