-- Raises the versions of the lists that show sessions of which there is news, or that have died since the last time.
-- A list of debtors or of blocked shows those of such subscribers only. Where the clock was set back, sessions that had
-- died live again, and who knows which list was read without them: all are raised. NASes in the order of their ids.
WITH feed AS MATERIALIZED (
    SELECT swept_at, make_interval(secs => seen_within_s) AS seen_within FROM network_feed FOR UPDATE
), swept AS (
    UPDATE network_feed SET swept_at = %(now)s
), told AS (
    DELETE FROM network_session_news RETURNING connection_id
), died AS (
    SELECT s.connection_id
      FROM network_session s
     WHERE s.stopped_at IS NULL
       AND s.seen_at < %(now)s - (SELECT seen_within FROM feed)
       AND s.seen_at >= (SELECT swept_at - seen_within FROM feed)
), shown AS (
    SELECT c.nas_id, d.negbal, d.blocked
      FROM (SELECT connection_id FROM told UNION SELECT connection_id FROM died) AS news
      JOIN network_connection c ON c.id = news.connection_id AND c.ended_at IS NULL
      JOIN access_decision d ON d.subscriber_id = c.subscriber_id
     UNION ALL
    SELECT id, true, true FROM network_nas WHERE retired_at IS NULL AND (SELECT swept_at > %(now)s FROM feed)
), touched AS (
    SELECT nas_id, bool_or(negbal) AS negbal, bool_or(blocked) AS blocked FROM shown GROUP BY nas_id
)
INSERT INTO network_listversion AS v (nas_id, negbal, blocked, logged)
SELECT nas_id, negbal::integer, blocked::integer, 1 FROM touched ORDER BY nas_id
ON CONFLICT (nas_id) DO UPDATE
   SET negbal = v.negbal + excluded.negbal, blocked = v.blocked + excluded.blocked, logged = v.logged + 1
