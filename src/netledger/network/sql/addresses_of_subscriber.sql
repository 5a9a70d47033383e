-- A page of the addresses that a subscriber's connections had, newest first, before one (NULL: the newest): static ones and those
-- of sessions, each with its NAS and time. Of each connection so many sessions are read by their index.
SELECT h.line_id, h.login, h.address, h.mac, n.name AS nas_name, h.from_at, h.until_at, h.by_session
  FROM network_connection c
 CROSS JOIN LATERAL (
       SELECT a.id * 2 AS line_id, c.login, a.address, NULL::macaddr AS mac, a.nas_id, a.from_at, a.until_at, false AS by_session
         FROM network_assignment a WHERE a.connection_id = c.id
       UNION ALL
      (SELECT s.id * 2 + 1, c.login, s.address, s.mac, s.nas_id, s.started_at, s.stopped_at, true
         FROM network_session s
        WHERE s.connection_id = c.id AND s.started_at <= coalesce(%(before_at)s::timestamptz, 'infinity')
          AND (%(before_id)s::bigint IS NULL OR (s.started_at, s.id * 2 + 1) < (%(before_at)s::timestamptz, %(before_id)s::bigint))
        ORDER BY s.started_at DESC, s.id DESC
        LIMIT %(lines_max)s)) h
  JOIN network_nas n ON n.id = h.nas_id
 WHERE c.subscriber_id = %(subscriber_id)s
   AND (%(before_id)s::bigint IS NULL OR (h.from_at, h.line_id) < (%(before_at)s::timestamptz, %(before_id)s::bigint))
 ORDER BY h.from_at DESC, h.line_id DESC
 LIMIT %(lines_max)s
