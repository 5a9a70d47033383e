-- Credits a subscriber with an operator's payment, exactly once.
SELECT t.outcome, t.operation_id, t.subscriber_id, t.amount, t.balance_after, t.taken_at,
       s.contract_number, o.code AS operator_code
  FROM payments_operator o
 CROSS JOIN LATERAL payments_take(o.id, %(operator_payment_id)s, %(sent_to)s, %(subscriber_id)s,
                                  %(amount)s, %(taken_at)s) t
  LEFT JOIN subscribers_subscriber s ON s.id = t.subscriber_id
 WHERE o.id = %(operator_id)s
