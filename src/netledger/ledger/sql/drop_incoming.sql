-- Makes room for the next bulk of the same transaction.
DROP TABLE ledger_incoming
