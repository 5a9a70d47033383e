-- Up to so many subscribers whose contract number or login begins so, in the order of the numbers; the very one comes first.
SELECT i.subscriber_id, CASE WHEN i.is_contract THEN 'contract' ELSE 'login' END AS by
  FROM subscribers_identifier i
 WHERE i.key COLLATE "C" >= %(beginning)s AND i.key COLLATE "C" < %(beyond)s
 ORDER BY i.key COLLATE "C"
 LIMIT %(found_max)s
