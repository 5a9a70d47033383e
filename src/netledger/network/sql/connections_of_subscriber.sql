-- The connections of a subscriber that have not ended, each with its address now: its own or its live session's.
SELECT DISTINCT ON (c.id) c.id AS connection_id, c.login, coalesce(c.address, s.address) AS address
  FROM network_connection c
  LEFT JOIN network_session s
         ON s.connection_id = c.id AND s.stopped_at IS NULL AND s.seen_at >= %(live_since)s
 WHERE c.subscriber_id = %(subscriber_id)s AND c.ended_at IS NULL
 ORDER BY c.id
