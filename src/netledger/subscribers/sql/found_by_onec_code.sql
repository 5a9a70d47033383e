-- Up to so many subscribers whose 1C code begins so; the very one comes first.
SELECT s.id AS subscriber_id, 'onec_code' AS by
  FROM subscribers_subscriber s
 WHERE s.onec_code COLLATE "C" >= %(beginning)s AND s.onec_code COLLATE "C" < %(beyond)s
 ORDER BY s.onec_code COLLATE "C"
 LIMIT %(found_max)s
