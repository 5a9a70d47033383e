-- Credits whose last day is over, a thousand at a time, in the order of their accounts.
SELECT c.id AS credit_id, c.subscriber_id
  FROM payments_credit c JOIN subscribers_subscriber s ON s.id = c.subscriber_id
 WHERE c.ended_at IS NULL AND c.until_on < %(today)s
 ORDER BY s.account_id LIMIT 1000
