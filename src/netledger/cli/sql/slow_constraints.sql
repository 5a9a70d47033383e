-- What checks each row by itself and can check all at once: foreign keys and exclusions of tables, and the key of the
-- transfers; keys first, as they come back.
SELECT conrelid::regclass::text AS table_name, conname::text AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint
 WHERE conrelid::regclass::text = ANY (%(tables)s) AND conparentid = 0
   AND (contype IN ('f', 'x') OR conrelid = 'ledger_transfer'::regclass AND contype = 'p')
 ORDER BY array_position(ARRAY['p', 'x', 'f'], contype::text), conname
