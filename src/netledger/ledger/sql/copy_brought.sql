-- Takes movements in that belong among runs of days.
COPY ledger_brought FROM STDIN
