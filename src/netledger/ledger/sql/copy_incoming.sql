-- Takes movements in, before they are posted.
COPY ledger_incoming (position, account_id, contra_id, delta, kind, purpose, accounting_day, happened_at, row_no)
     FROM STDIN
