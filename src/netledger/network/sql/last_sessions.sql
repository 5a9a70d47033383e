-- The newest session of each connection of a subscriber, open or stopped.
SELECT c.id AS connection_id, s.session_code, s.address, s.mac, s.started_at, s.seen_at, s.stopped_at
  FROM network_connection c
 CROSS JOIN LATERAL (SELECT * FROM network_session s
                      WHERE s.connection_id = c.id
                      ORDER BY s.stopped_at IS NULL DESC, s.started_at DESC NULLS LAST, s.id DESC
                      LIMIT 1) s
 WHERE c.subscriber_id = %(subscriber_id)s
