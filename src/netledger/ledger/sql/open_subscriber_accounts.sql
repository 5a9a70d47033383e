-- Opens that many subscribers' accounts, each at 0.00.
INSERT INTO ledger_account (kind, balance, overdraft)
SELECT 'subscriber', 0, 0 FROM generate_series(1, %(count)s)
RETURNING id
