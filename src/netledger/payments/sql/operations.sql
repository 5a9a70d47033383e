-- Operations in full, by their ids: whose, by which operator, what 1C calls them, and what took them back.
SELECT t.id AS operation_id, t.kind, CASE WHEN t.credit_id = t.account_id THEN t.amount ELSE -t.amount END AS delta,
       t.balance_after, coalesce(p.taken_at, t.happened_at) AS happened_at,
       s.id AS subscriber_id, s.contract_number, s.name, s.onec_code AS subscriber_code,
       p.id AS payment_id, o.code AS operator_code, o.name AS operator_name, p.operator_payment_id,
       m.onec_code, d.number, d.description,
       r.reversing_id, b.happened_at AS reversed_at, coalesce(k.author, CASE WHEN b.id IS NOT NULL THEN o.code END) AS reversed_by,
       back.reversed_id AS reverses_id
  FROM ledger_transfer t
  JOIN subscribers_subscriber s ON s.account_id = t.account_id
  LEFT JOIN payments_payment p ON p.transfer_id = t.id
  LEFT JOIN payments_operator o ON o.id = p.operator_id
  LEFT JOIN payments_document d ON d.payment_id = p.id
  LEFT JOIN payments_onecmark m ON m.transfer_id = t.id
  LEFT JOIN ledger_reversal r ON r.reversed_id = t.id
  LEFT JOIN ledger_transfer b ON b.id = r.reversing_id
  LEFT JOIN payments_remark k ON k.transfer_id = r.reversing_id
  LEFT JOIN ledger_reversal back ON back.reversing_id = t.id
 WHERE t.id = ANY(%(operation_ids)s)
 ORDER BY t.id
