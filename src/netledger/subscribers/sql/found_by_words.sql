-- Up to so many subscribers with all these patterns in what is told of them, by name. Of many that fit only as many
-- are read as `read_max` says: whoever meant another writes one word more.
SELECT subscriber_id, %(by)s AS by
  FROM (SELECT s.id AS subscriber_id, subscribers_folded(s.name) COLLATE "C" AS name, s.house, s.flat
          FROM subscribers_subscriber s
         WHERE subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(first)s
           AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(second)s
           AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(third)s
           AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fourth)s
           AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fifth)s
         LIMIT %(read_max)s) AS fitting
 ORDER BY name, subscriber_id
 LIMIT %(found_max)s
