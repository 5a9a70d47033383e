-- Up to so many subscribers with all these patterns in what is told of them. Of patterns that many have, the newest who have
-- them, as found among the newest contracts of all: of such an index would give a large part of everybody. Else by name; of
-- many that fit only as many are read as `fitting_max` says: whoever meant another writes one word more.
WITH newest AS MATERIALIZED (
    SELECT s.id
      FROM (SELECT * FROM subscribers_subscriber ORDER BY id DESC LIMIT %(newest_max)s) AS s
     WHERE subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(first)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(second)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(third)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fourth)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fifth)s
     LIMIT %(found_max)s
), fitting AS (
    SELECT s.id AS subscriber_id, subscribers_folded(s.name) COLLATE "C" AS name
      FROM subscribers_subscriber s
     WHERE (SELECT count(*) FROM newest) < %(found_max)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(first)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(second)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(third)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fourth)s
       AND subscribers_found_by(s.name, s.street, s.house, s.flat, s.phone) LIKE %(fifth)s
     LIMIT %(fitting_max)s
)
SELECT id AS subscriber_id, %(by)s AS by FROM newest WHERE (SELECT count(*) FROM newest) = %(found_max)s
 UNION ALL
SELECT subscriber_id, %(by)s
  FROM (SELECT subscriber_id FROM fitting ORDER BY name, subscriber_id LIMIT %(found_max)s) AS by_name
