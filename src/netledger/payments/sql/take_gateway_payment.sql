-- Credits whom a gateway names, exactly once, and tells of him; operator and subscriber are looked up on the way, in one statement.
SELECT t.outcome, t.operation_id, t.subscriber_id, t.amount, t.balance_after,
       t.taken_at AT TIME ZONE ledger_zone_name() AS taken_locally, s.contract_number, s.name
  FROM payments_operator o
  LEFT JOIN subscribers_identifier i ON i.key = %(key)s::text
 CROSS JOIN LATERAL payments_take(o.id, %(operator_payment_id)s::text, %(sent_to)s::text,
                                  coalesce(%(subscriber_id)s::bigint, i.subscriber_id),
                                  %(amount)s::numeric, ledger_now()) t
  LEFT JOIN subscribers_subscriber s ON s.id = t.subscriber_id
 WHERE o.code = %(operator_code)s::text
