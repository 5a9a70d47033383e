-- The audit is only added to: whoever writes, whatever was recorded stays as it is.
CREATE TRIGGER backoffice_auditentry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON backoffice_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
