-- Prices, speeds and limits are dated versions: never edited, only followed by others.
CREATE TRIGGER tariffs_planversion_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tariffs_planversion
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER tariffs_speed_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tariffs_speed
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
