-- Up to so many operations by what a receipt says: the operator's own id of a payment, or our number of an operation.
SELECT s.id AS subscriber_id, t.id AS operation_id, 'operation' AS by
  FROM ledger_transfer t
  JOIN subscribers_subscriber s ON s.account_id = t.account_id
 WHERE t.id = %(operation_id)s
 UNION ALL
(SELECT p.subscriber_id, p.transfer_id, 'payment'
   FROM payments_operator o
   JOIN payments_payment p ON p.operator_id = o.id AND p.operator_payment_id = %(operator_payment_id)s
  ORDER BY p.transfer_id DESC
  LIMIT %(found_max)s)
