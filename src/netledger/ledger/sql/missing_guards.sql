-- Tables that nothing keeps from being changed though they are append-only: transfers (each partition) and reversals
-- without an enabled guard, and whatever table of an upper room has its guard switched off.
SELECT c.relname::text AS name
  FROM pg_class c
  LEFT JOIN LATERAL (
       SELECT bool_or(t.tgenabled IN ('O', 'A')
                      -- BEFORE, for each statement, of DELETE, UPDATE and TRUNCATE
                      AND t.tgtype & 1 = 0 AND t.tgtype & 2 = 2 AND t.tgtype & 56 = 56) AS stands
         FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
        WHERE t.tgrelid = c.oid AND f.proname = 'ledger_refuse_change') AS guard ON true
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND CASE WHEN c.relname ~ '^ledger_transfer' OR c.relname = 'ledger_reversal' THEN guard.stands IS NOT TRUE
            ELSE guard.stands IS FALSE END
 ORDER BY 1
