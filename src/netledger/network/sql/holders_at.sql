-- Which connections had an address at a moment, on any NAS: as a static one, and by a session.
SELECT host(n.address) AS nas_address, c.login, s.id AS subscriber_id, s.contract_number,
       held.from_at, held.until_at, held.session_code, held.seen_at, held.mac
  FROM (SELECT a.nas_id, a.connection_id, a.from_at, a.until_at,
               NULL::text AS session_code, NULL::timestamptz AS seen_at, NULL::text AS mac
          FROM network_assignment a
         WHERE a.address = %(address)s::inet AND a.from_at <= %(at)s
           AND (a.until_at IS NULL OR a.until_at > %(at)s)
         UNION ALL
        SELECT o.nas_id, o.connection_id, o.started_at, o.stopped_at, o.session_code, o.seen_at, o.mac::text
          FROM network_session o
         WHERE o.address = %(address)s::inet AND o.started_at <= %(at)s
           AND (o.stopped_at IS NULL OR o.stopped_at > %(at)s)) AS held
  JOIN network_nas n ON n.id = held.nas_id
  JOIN network_connection c ON c.id = held.connection_id
  JOIN subscribers_subscriber s ON s.id = c.subscriber_id
 ORDER BY n.address, held.from_at, c.id
