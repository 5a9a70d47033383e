-- Payments in the order of time, newest first, of one operator or of all (NULL), from a moment to another, before the one
-- that a page ended with; of each operator as many are read as the page can hold (NULL: all).
SELECT p.id AS payment_id, p.taken_at, p.amount, p.operator_payment_id, p.operator_code, p.operator_name,
       p.transfer_id AS operation_id, s.id AS subscriber_id, s.contract_number, s.name, r.reversing_id
  FROM (SELECT o.code AS operator_code, o.name AS operator_name, of_one.*
          FROM payments_operator o
         CROSS JOIN LATERAL (SELECT * FROM payments_payment p
                              WHERE p.operator_id = o.id
                                AND p.taken_at >= coalesce(%(from_at)s, '-infinity'::timestamptz)
                                AND p.taken_at < coalesce(%(until_at)s, 'infinity'::timestamptz)
                                AND (p.taken_at, p.id)
                                    < (coalesce(%(before_at)s, 'infinity'::timestamptz), coalesce(%(before_id)s::bigint, 0))
                              ORDER BY p.taken_at DESC, p.id DESC
                              LIMIT %(lines_max)s) AS of_one
         WHERE o.id = coalesce(%(operator_id)s, o.id)
         ORDER BY of_one.taken_at DESC, of_one.id DESC
         LIMIT %(lines_max)s) AS p
  JOIN subscribers_subscriber s ON s.id = p.subscriber_id
  LEFT JOIN ledger_reversal r ON r.reversed_id = p.transfer_id
 ORDER BY p.taken_at DESC, p.id DESC
