-- Connections of which something does not hold, with what it is.
SELECT c.login, 'has the same login as another' AS what
  FROM network_connection c
 GROUP BY c.login HAVING count(*) > 1
 UNION ALL
SELECT c.login, 'goes on though its contract ' || s.contract_number || ' is closed'
  FROM network_connection c
  JOIN subscribers_subscriber s ON s.id = c.subscriber_id
 WHERE c.ended_at IS NULL AND s.closed_at IS NOT NULL
 UNION ALL
SELECT c.login, 'its open assignment is not where it is'
  FROM network_connection c
  LEFT JOIN network_assignment a ON a.connection_id = c.id AND a.until_at IS NULL
 WHERE (a.nas_id, a.address) IS DISTINCT FROM
       (CASE WHEN c.ended_at IS NULL AND c.address IS NOT NULL THEN c.nas_id END,
        CASE WHEN c.ended_at IS NULL THEN c.address END)
 UNION ALL
SELECT c.login, count(*) || ' sessions are open'
  FROM network_connection c
  JOIN network_session s ON s.connection_id = c.id AND s.stopped_at IS NULL
 GROUP BY c.id HAVING count(*) > 1
 UNION ALL
SELECT c.login, 'session ' || s.session_code || ' is open though it has ended'
  FROM network_connection c
  JOIN network_session s ON s.connection_id = c.id AND s.stopped_at IS NULL
 WHERE c.ended_at IS NOT NULL
 UNION ALL
SELECT c.login, 'session ' || s.session_code || ' is open on another NAS than its own'
  FROM network_connection c
  JOIN network_session s ON s.connection_id = c.id AND s.stopped_at IS NULL
 WHERE s.nas_id <> c.nas_id
 UNION ALL
SELECT c.login, 'has the address ' || host(c.address) || ' that is in session ' || s.session_code || ' of another'
  FROM network_connection c
  JOIN network_session s ON s.nas_id = c.nas_id AND s.address = c.address AND s.stopped_at IS NULL
 WHERE c.ended_at IS NULL AND s.connection_id <> c.id
 ORDER BY login, what
