-- How far each standby is behind; a role without pg_read_all_stats is told of none.
SELECT application_name AS standby, extract(epoch FROM coalesce(replay_lag, interval '0'))::float8 AS lag_s
  FROM pg_stat_replication
 WHERE state IS NOT NULL
