-- Where movements, runs of days and what a day costs are copied to before they are put in order; of this transaction only.
CREATE TEMPORARY TABLE ledger_brought (
    position bigint, account_id bigint, contra_id bigint, delta numeric, kind text, purpose text, accounting_day date,
    happened_at timestamptz
) ON COMMIT DROP;
CREATE TEMPORARY TABLE ledger_run (
    account_id bigint, contra_id bigint, kind text, purpose text, from_on date, through_on date
) ON COMMIT DROP;
CREATE TEMPORARY TABLE ledger_rate (purpose text, day date, delta numeric, ends_at timestamptz) ON COMMIT DROP
