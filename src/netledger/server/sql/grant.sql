-- The serving role's rights, given anew after each migration: what a guard keeps append-only it may only read and add to.
DO $$
DECLARE
    v_role text := current_setting('netledger.server_role');
    v_table record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', v_role);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', v_role);
    FOR v_table IN
        SELECT c.oid::regclass AS name, c.relispartition AS is_partition, EXISTS (
                   SELECT FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                    WHERE t.tgrelid = c.oid AND f.proname = 'ledger_refuse_change') AS is_append_only
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND pg_get_userbyid(c.relowner) = current_user
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %I', v_table.name, v_role);
        CONTINUE WHEN v_table.is_partition;
        EXECUTE format('GRANT SELECT, INSERT ON %s TO %I', v_table.name, v_role);
        CONTINUE WHEN v_table.is_append_only;
        EXECUTE format('GRANT UPDATE, DELETE ON %s TO %I', v_table.name, v_role);
    END LOOP;
END
$$
