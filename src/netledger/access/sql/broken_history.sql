-- Stored decisions that are not the last of their history.
SELECT d.subscriber_id
  FROM access_decision d
  LEFT JOIN (SELECT DISTINCT ON (subscriber_id) * FROM access_change ORDER BY subscriber_id, id DESC) AS last
       ON last.subscriber_id = d.subscriber_id
 WHERE (d.negbal, d.blocked, d.reason, d.since_at) IS DISTINCT FROM (last.negbal, last.blocked, last.reason, last.at)
 ORDER BY d.subscriber_id
