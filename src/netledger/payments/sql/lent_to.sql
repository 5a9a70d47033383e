-- What the subscribers of these accounts may owe by the credits in force.
SELECT s.account_id, coalesce(c.amount, 0) AS amount
  FROM subscribers_subscriber s
  LEFT JOIN payments_credit c ON c.subscriber_id = s.id AND c.ended_at IS NULL
 WHERE s.account_id = ANY (%(account_ids)s::bigint[])
