-- Up to so many subscribers whose connections, or the sessions open on them, are at that IPv4 or MAC address (NULL: none is asked for).
SELECT c.subscriber_id, 'address' AS by
  FROM network_connection c
 WHERE c.address = %(address)s::inet AND c.ended_at IS NULL
 UNION
SELECT c.subscriber_id, 'address'
  FROM network_session s
  JOIN network_connection c ON c.id = s.connection_id
 WHERE s.address = %(address)s::inet AND s.stopped_at IS NULL
 UNION
SELECT c.subscriber_id, 'mac'
  FROM network_connection c
 WHERE c.mac = %(mac)s::macaddr AND c.ended_at IS NULL
 UNION
SELECT c.subscriber_id, 'mac'
  FROM network_session s
  JOIN network_connection c ON c.id = s.connection_id
 WHERE s.mac = %(mac)s::macaddr AND s.stopped_at IS NULL
 ORDER BY 1
 LIMIT %(found_max)s
