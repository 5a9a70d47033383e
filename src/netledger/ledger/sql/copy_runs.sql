-- Takes runs of days in.
COPY ledger_run FROM STDIN
