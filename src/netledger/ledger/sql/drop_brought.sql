-- Makes room for the next of the same transaction.
DROP TABLE ledger_brought, ledger_run, ledger_rate
