-- The connections of a NAS in one state, by address, each with the speed that holds for it today.
-- NAS and state stand in it as constants (the client binds), so the plan is made for them.
WITH speed AS MATERIALIZED (
    -- Each set of limits with its words in a line, made once for all the lines that show them.
    SELECT *,
           concat_ws(' ', rate_in_kbps, ceil_in_kbps, burst_in_bytes) AS towards,
           concat_ws(' ', rate_out_kbps, ceil_out_kbps, burst_out_bytes) AS away,
           concat_ws(' ', cburst_in_bytes, cburst_out_bytes) AS cbursts
      FROM tariffs_speed
), plan_in_force AS MATERIALIZED (
    -- Plans that give access, each with the version in force today: a handful.
    SELECT DISTINCT ON (v.plan_id) v.plan_id, v.speed_id
      FROM tariffs_planversion v
      JOIN tariffs_plan k ON k.id = v.plan_id AND k.gives_access
     WHERE v.from_on <= %(today)s
     ORDER BY v.plan_id, v.from_on DESC
)
SELECT DISTINCT ON (coalesce(c.address, s.address), c.id)
       coalesce(c.address, s.address) AS address,
       c.login,
       c.snat_address,
       coalesce(c.mac, s.mac) AS mac,
       NOT c.by_session OR s.id IS NOT NULL AS logged,
       d.negbal,
       d.blocked,
       coalesce(v.rate_in_kbps, -1) AS rate_in_kbps,
       coalesce(v.ceil_in_kbps, -1) AS ceil_in_kbps,
       coalesce(v.burst_in_bytes, 0) AS burst_in_bytes,
       coalesce(v.cburst_in_bytes, 0) AS cburst_in_bytes,
       coalesce(v.rate_out_kbps, -1) AS rate_out_kbps,
       coalesce(v.ceil_out_kbps, -1) AS ceil_out_kbps,
       coalesce(v.burst_out_bytes, 0) AS burst_out_bytes,
       coalesce(v.cburst_out_bytes, 0) AS cburst_out_bytes,
       n.address AS nas_address,
       coalesce(v.towards, '-1 -1 0') AS towards,
       coalesce(v.away, '-1 -1 0') AS away,
       coalesce(v.cbursts, '0 0') AS cbursts
  FROM network_nas n
  JOIN network_connection c ON c.nas_id = n.id AND c.ended_at IS NULL AND c.enabled
  JOIN access_decision d ON d.subscriber_id = c.subscriber_id
  LEFT JOIN network_session s
         ON s.connection_id = c.id AND s.stopped_at IS NULL AND s.seen_at >= %(live_since)s
  LEFT JOIN (tariffs_subscription p JOIN plan_in_force k ON k.plan_id = p.plan_id)
         ON p.subscriber_id = c.subscriber_id
        AND p.from_on <= %(today)s AND (p.until_on IS NULL OR p.until_on >= %(today)s)
  LEFT JOIN speed v ON v.id = coalesce(c.speed_id, p.speed_id, k.speed_id)
 WHERE n.id = %(nas_id)s
   AND coalesce(c.address, s.address) IS NOT NULL
   AND CASE %(state)s WHEN 'negbal' THEN d.negbal
                      WHEN 'blocked' THEN d.blocked
                      WHEN 'logged' THEN NOT c.by_session OR s.id IS NOT NULL END
 -- Of several that give access today: what is not held before what is, then what began last.
 ORDER BY coalesce(c.address, s.address), c.id, p.held_at IS NOT NULL, p.from_on DESC, p.id DESC
