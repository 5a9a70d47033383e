-- Counts one failure among all: the time that they last grows by one's share; no row, if it has no room in the burst.
INSERT INTO cabinet_signinflood AS known (is_only, lasts_until_at)
VALUES (true, ledger_now() + %(each)s)
ON CONFLICT (is_only) DO UPDATE
   SET lasts_until_at = greatest(known.lasts_until_at, ledger_now()) + %(each)s
 WHERE known.lasts_until_at + %(each)s <= ledger_now() + %(burst)s
RETURNING lasts_until_at
