-- Credits whose last day is over, a batch at a time, in the order of their accounts.
SELECT c.id, s.account_id
  FROM payments_credit c JOIN subscribers_subscriber s ON s.id = c.subscriber_id
 WHERE c.ended_at IS NULL AND c.until_on < %(today)s
 ORDER BY s.account_id LIMIT %(batch)s
