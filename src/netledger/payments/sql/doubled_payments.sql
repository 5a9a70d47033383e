-- Operators' ids that stand more than once; only a lost unique index lets this be.
SELECT o.code AS operator_code, p.operator_payment_id
  FROM payments_payment p JOIN payments_operator o ON o.id = p.operator_id
 GROUP BY o.code, p.operator_payment_id HAVING count(*) > 1
 ORDER BY 1, 2
