-- The names on the way to each of these groups, from the top.
WITH RECURSIVE way AS (
    SELECT g.id, g.parent_id, g.name AS path FROM subscribers_group g WHERE g.id = ANY (%(group_ids)s::bigint[])
    UNION ALL
    SELECT way.id, g.parent_id, g.name || ' / ' || way.path FROM way JOIN subscribers_group g ON g.id = way.parent_id
)
SELECT id, path FROM way WHERE parent_id IS NULL
