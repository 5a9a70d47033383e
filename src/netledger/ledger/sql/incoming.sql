-- Where a bulk of movements is copied to before it is posted; of this transaction only.
CREATE TEMPORARY TABLE ledger_incoming (
    row_no bigint, account_id bigint, contra_id bigint, delta numeric(12, 2), kind text, purpose text,
    accounting_day date, happened_at timestamptz
) ON COMMIT DROP
