-- Transfers whose account is not a subscriber's, or whose other side is not a system account.
SELECT t.id AS transfer_id
  FROM ledger_transfer t
  LEFT JOIN ledger_account a ON a.id = t.account_id
  LEFT JOIN ledger_account o ON o.id = CASE WHEN t.credit_id = t.account_id THEN t.debit_id ELSE t.credit_id END
 WHERE a.kind IS DISTINCT FROM 'subscriber' OR o.id IS NULL OR o.kind = 'subscriber'
 ORDER BY t.id
