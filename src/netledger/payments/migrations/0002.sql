-- What 1C has stays so.
CREATE TRIGGER payments_onecmark_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_onecmark
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
