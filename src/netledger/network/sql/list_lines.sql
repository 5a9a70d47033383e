-- The entries of list_entries.sql (which stands before it as `entry`) as the specification's lines: 16 fields,
-- a double space after the tenth. `||` takes a quarter less of the whole than concat does.
SELECT host(address) || ' ' || login || ' ' || coalesce(host(snat_address), '0.0.0.0') || ' '
       || coalesce(mac::text, '-') || CASE WHEN logged THEN ' 1' ELSE ' 0' END
       || CASE WHEN negbal THEN ' 1' ELSE ' 0' END || CASE WHEN blocked THEN ' 1 ' ELSE ' 0 ' END
       || towards || '  ' || away || ' ' || host(nas_address) || ' ' || cbursts AS line
  FROM entry
 ORDER BY address
