-- What operators were answered from a moment on: money that was taken, and money that was taken back.
SELECT 'PAY' AS act, o.code AS operator_code, p.operator_payment_id, p.amount, s.contract_number,
       p.transfer_id AS operation_id, p.recorded_at
  FROM payments_payment p
  JOIN payments_operator o ON o.id = p.operator_id
  JOIN subscribers_subscriber s ON s.id = p.subscriber_id
 WHERE p.recorded_at >= %(since)s
UNION ALL
SELECT 'CANCEL', o.code, p.operator_payment_id, p.amount, s.contract_number, t.id, t.recorded_at
  FROM ledger_reversal r
  JOIN ledger_transfer t ON t.id = r.reversing_id
  JOIN payments_payment p ON p.transfer_id = r.reversed_id
  JOIN payments_operator o ON o.id = p.operator_id
  JOIN subscribers_subscriber s ON s.id = p.subscriber_id
 WHERE t.recorded_at >= %(since)s
 ORDER BY recorded_at, operation_id
