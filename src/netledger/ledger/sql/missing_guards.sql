-- Tables of transfers and reversals, each partition too, that no enabled guard keeps from being changed.
SELECT c.relname::text AS name
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND (c.relname ~ '^ledger_transfer' OR c.relname = 'ledger_reversal')
   AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                    WHERE t.tgrelid = c.oid AND f.proname = 'ledger_refuse_change' AND t.tgenabled = 'O'
                      -- BEFORE, for each statement, of DELETE, UPDATE and TRUNCATE
                      AND t.tgtype & 1 = 0 AND t.tgtype & 2 = 2 AND t.tgtype & 56 = 56)
 ORDER BY 1
