-- The newest addresses that a subscriber's connections had, static ones and those of sessions, each with its NAS and time.
SELECT h.login, h.address, h.mac, n.name AS nas_name, h.from_at, h.until_at, h.by_session
  FROM network_connection c
 CROSS JOIN LATERAL (
       SELECT c.login, a.address, NULL::macaddr AS mac, a.nas_id, a.from_at, a.until_at, false AS by_session
         FROM network_assignment a WHERE a.connection_id = c.id
       UNION ALL
      (SELECT c.login, s.address, s.mac, s.nas_id, s.started_at, s.stopped_at, true
         FROM network_session s
        WHERE s.connection_id = c.id AND s.started_at IS NOT NULL
        ORDER BY s.started_at DESC
        LIMIT %(lines_max)s)) h
  JOIN network_nas n ON n.id = h.nas_id
 WHERE c.subscriber_id = %(subscriber_id)s
 ORDER BY h.from_at DESC
 LIMIT %(lines_max)s
