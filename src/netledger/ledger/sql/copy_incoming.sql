-- Takes movements in, before they are posted.
COPY ledger_incoming FROM STDIN
