-- The NAS in use at an address, and all that one of its lists rests on at this moment, in one look.
SELECT n.id AS nas_id,
       coalesce(CASE %(state)s WHEN 'negbal' THEN v.negbal WHEN 'blocked' THEN v.blocked ELSE v.logged END, 0)
           AS version,
       f.identity,
       ledger_now() AS at,
       ledger_today() AS today
  FROM network_nas n
 CROSS JOIN network_feed f
  LEFT JOIN network_listversion v ON v.nas_id = n.id
 WHERE n.address = %(address)s::inet AND n.retired_at IS NULL
