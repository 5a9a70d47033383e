-- The newest subscribers below a group, at any depth, before one. Whoever is among so many of them is in one of so many groups
-- whose newest are the newest: of each group one row of the index is read, and of those few groups so many, not everybody.
WITH RECURSIVE below AS (
    SELECT g.id FROM subscribers_group g WHERE g.id = %(group_id)s
     UNION
    SELECT g.id FROM subscribers_group g JOIN below b ON g.parent_id = b.id
), newest AS (
    SELECT below.id
      FROM below
     CROSS JOIN LATERAL (SELECT s.id
                           FROM subscribers_subscriber s
                          WHERE s.group_id = below.id AND s.id < coalesce(%(before_id)s::bigint, 9223372036854775807)
                          ORDER BY s.group_id DESC, s.id DESC
                          LIMIT 1) first
     ORDER BY first.id DESC
     LIMIT %(lines_max)s
)
SELECT one.id
  FROM newest
 CROSS JOIN LATERAL (SELECT s.id
                       FROM subscribers_subscriber s
                      WHERE s.group_id = newest.id AND s.id < coalesce(%(before_id)s::bigint, 9223372036854775807)
                      ORDER BY s.group_id DESC, s.id DESC
                      LIMIT %(lines_max)s) one
 ORDER BY one.id DESC
 LIMIT %(lines_max)s
