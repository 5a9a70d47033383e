-- Marks of 1C on operations that are not there, codes of more than one, and payments of 1C without the mark they came with.
SELECT m.transfer_id
  FROM (SELECT transfer_id, count(*) OVER (PARTITION BY onec_code) AS bearers FROM payments_onecmark) m
 WHERE m.bearers > 1 OR NOT EXISTS (SELECT FROM ledger_transfer t WHERE t.id = m.transfer_id)
 UNION
SELECT d.transfer_id
  FROM (SELECT p.transfer_id FROM payments_document d JOIN payments_payment p ON p.id = d.payment_id) d
 WHERE NOT EXISTS (SELECT FROM payments_onecmark m WHERE m.transfer_id = d.transfer_id)
 ORDER BY 1
