-- Indexes of tables that nothing looks into while they are loaded, and that are made faster of all rows at once.
SELECT c.relname::text AS name, replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ') AS definition
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid::regclass::text = ANY (%(tables)s)
   AND NOT i.indisunique AND NOT c.relispartition
   AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = c.oid)
 ORDER BY c.relname
