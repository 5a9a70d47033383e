-- A page of a subscriber's statement, newest first: the operations before one (NULL: the newest), each with who made it and what took it back.
SELECT t.id AS operation_id, t.kind, CASE WHEN t.credit_id = t.account_id THEN t.amount ELSE -t.amount END AS delta,
       t.balance_after, t.happened_at, t.recorded_at, t.accounting_day,
       o.name AS operator_name, p.operator_payment_id, d.number AS document_number, k.author, k.why,
       r.reversing_id, back.reversed_id AS reverses_id
  FROM (SELECT * FROM ledger_transfer
         WHERE account_id = %(account_id)s AND id < coalesce(%(before_id)s::bigint, 9223372036854775807)
         ORDER BY id DESC LIMIT %(lines_max)s) t
  LEFT JOIN payments_payment p ON p.transfer_id = t.id
  LEFT JOIN payments_operator o ON o.id = p.operator_id
  LEFT JOIN payments_document d ON d.payment_id = p.id
  LEFT JOIN payments_remark k ON k.transfer_id = t.id
  LEFT JOIN ledger_reversal r ON r.reversed_id = t.id
  LEFT JOIN ledger_reversal back ON back.reversing_id = t.id
 ORDER BY t.id DESC
