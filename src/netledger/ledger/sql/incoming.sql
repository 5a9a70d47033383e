-- Where a bulk of movements is copied to before it is posted; of this transaction only. A position is the caller's.
CREATE TEMPORARY TABLE ledger_incoming (
    row_no bigint, account_id bigint, contra_id bigint,
    delta numeric CONSTRAINT a_sum_has_two_places CHECK (delta = round(delta, 2)),
    kind text, purpose text, accounting_day date, happened_at timestamptz, position bigint
) ON COMMIT DROP
