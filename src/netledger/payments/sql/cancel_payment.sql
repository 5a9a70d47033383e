-- Takes an operator's payment back, exactly once.
SELECT outcome, operation_id, reversed_id, subscriber_id, amount, balance_after, cancelled_at
  FROM payments_cancel(%(operator_id)s, %(operator_payment_id)s, %(sent_to)s, %(subscriber_id)s, %(amount)s)
