-- Whose an address is now, and on which NAS: of connections that have not ended and of live sessions.
SELECT subscriber_id, host(address) AS nas_address
  FROM (SELECT c.subscriber_id, c.nas_id
          FROM network_connection c
         WHERE c.address = %(address)s::inet AND c.ended_at IS NULL
         UNION
        SELECT c.subscriber_id, s.nas_id
          FROM network_session s
          JOIN network_connection c ON c.id = s.connection_id
         WHERE s.address = %(address)s::inet AND s.stopped_at IS NULL
           AND s.seen_at >= ledger_now() - make_interval(secs => %(seen_within_s)s)) AS holder
  JOIN network_nas n ON n.id = holder.nas_id
 ORDER BY address
