-- Payments that are not the transfer they made, and transfers of payments that no payment made.
SELECT coalesce(p.id, 0) AS payment_id, coalesce(t.id, p.transfer_id) AS transfer_id
  FROM payments_payment p
  JOIN payments_operator o ON o.id = p.operator_id
  JOIN subscribers_subscriber s ON s.id = p.subscriber_id
  FULL JOIN (SELECT * FROM ledger_transfer WHERE kind = 'payment') t ON t.id = p.transfer_id
 WHERE p.id IS NULL OR t.id IS NULL
    OR (t.account_id, t.debit_id, t.credit_id, t.amount) IS DISTINCT FROM (s.account_id, o.account_id, s.account_id, p.amount)
 ORDER BY 2
