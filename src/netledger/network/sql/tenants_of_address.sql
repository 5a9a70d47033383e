-- Which connections have an address now, each with since when: static ones that have not ended, and live sessions.
SELECT a.connection_id, a.from_at AS since_at
  FROM network_assignment a
  JOIN network_connection c ON c.id = a.connection_id AND c.ended_at IS NULL
 WHERE a.address = %(address)s::inet AND a.until_at IS NULL
 UNION ALL
SELECT s.connection_id, s.started_at
  FROM network_session s
  JOIN network_connection c ON c.id = s.connection_id AND c.ended_at IS NULL
 WHERE s.address = %(address)s::inet AND s.stopped_at IS NULL
   AND s.seen_at >= ledger_now() - make_interval(secs => %(seen_within_s)s)
 ORDER BY connection_id
