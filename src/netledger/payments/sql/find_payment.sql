-- A payment by the operator's own id, with the operation it made and the one that took it back.
SELECT operation_id, subscriber_id, amount, balance_after, taken_at, reversing_id, reversed_balance_after, reversed_at
  FROM payments_find(%(operator_id)s, %(operator_payment_id)s) WHERE payment_id IS NOT NULL
