-- The entries of list_entries.sql (which stands before it as `entry`) as the specification's lines, each with its
-- newline: 16 fields, a double space after the tenth.
SELECT concat(host(address), ' ', login, ' ', coalesce(host(snat_address), '0.0.0.0'), ' ',
              coalesce(mac::text, '-'), ' ', logged::integer, ' ', negbal::integer, ' ', blocked::integer, ' ',
              rate_in_kbps, ' ', ceil_in_kbps, ' ', burst_in_bytes, '  ',
              rate_out_kbps, ' ', ceil_out_kbps, ' ', burst_out_bytes, ' ',
              host(nas_address), ' ', cburst_in_bytes, ' ', cburst_out_bytes, E'\n') AS line
  FROM entry
 ORDER BY address
