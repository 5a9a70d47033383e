-- Up to so many subscribers whose name begins so, in the order of the names.
SELECT s.id AS subscriber_id, 'name' AS by
  FROM subscribers_subscriber s
 WHERE subscribers_folded(s.name) COLLATE "C" >= %(beginning)s AND subscribers_folded(s.name) COLLATE "C" < %(beyond)s
 ORDER BY subscribers_folded(s.name) COLLATE "C", s.id
 LIMIT %(found_max)s
