-- Locks the count of a login's failures until the transaction ends; one at 0 is made where there is none.
INSERT INTO cabinet_signinfailure AS known (login_hash, failures, failed_at, delayed_until_at)
VALUES (%(login_hash)s, 0, ledger_now(), ledger_now())
ON CONFLICT (login_hash) DO UPDATE SET failures = known.failures
RETURNING failures, failed_at, delayed_until_at
