-- Up to so many of the newest subscribers with all these patterns in what is told of them: enough, where many have them.
SELECT s.id AS subscriber_id, %(by)s AS by
  FROM (SELECT * FROM subscribers_subscriber ORDER BY id DESC LIMIT %(read_max)s) AS s
 WHERE subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(first)s
   AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(second)s
   AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(third)s
   AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fourth)s
   AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fifth)s
 LIMIT %(found_max)s
