-- Counts one failure among all: the time that they last, at the pace that is allowed, grows by one's share.
INSERT INTO cabinet_signinflood AS known (is_only, lasts_until_at)
VALUES (true, ledger_now() + make_interval(secs => %(each_s)s))
ON CONFLICT (is_only) DO UPDATE
   SET lasts_until_at = greatest(known.lasts_until_at, ledger_now()) + make_interval(secs => %(each_s)s)
