-- Credits a subscriber with an operator's payment, exactly once.
SELECT outcome, operation_id, subscriber_id, amount, balance_after, taken_at
  FROM payments_take(%(operator_id)s, %(operator_payment_id)s, %(sent_to)s, %(subscriber_id)s, %(amount)s, %(taken_at)s)
