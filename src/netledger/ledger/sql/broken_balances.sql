-- Subscribers' accounts whose cached balance is not the sum of their transfers.
SELECT a.id AS account_id, a.balance, coalesce(s.total, 0) AS right_balance
  FROM ledger_account a
  LEFT JOIN (SELECT account_id, sum(CASE WHEN credit_id = account_id THEN amount ELSE -amount END) AS total
               FROM ledger_transfer GROUP BY account_id) AS s ON s.account_id = a.id
 WHERE a.kind = 'subscriber' AND a.balance <> coalesce(s.total, 0)
 ORDER BY a.id
