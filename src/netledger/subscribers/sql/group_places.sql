-- Answers every group in the order of the tree, with the names on the way to it and how many subscribers are directly in it.
WITH RECURSIVE place AS (
    SELECT id, parent_id, name AS path, ARRAY[name] AS names FROM subscribers_group WHERE parent_id IS NULL
    UNION ALL
    SELECT g.id, g.parent_id, place.path || ' / ' || g.name, place.names || g.name
      FROM subscribers_group g
      JOIN place ON place.id = g.parent_id
)
SELECT place.id, place.parent_id, place.path,
       (SELECT count(*) FROM subscribers_subscriber s WHERE s.group_id = place.id) AS subscribers
  FROM place
 ORDER BY place.names, place.id
