-- The entries of list_entries.sql (which stands before it as `entry`), field by field.
SELECT address, login, snat_address, mac, logged, negbal, blocked, rate_in_kbps, ceil_in_kbps, burst_in_bytes,
       cburst_in_bytes, rate_out_kbps, ceil_out_kbps, burst_out_bytes, cburst_out_bytes, nas_address
  FROM entry
 ORDER BY address
