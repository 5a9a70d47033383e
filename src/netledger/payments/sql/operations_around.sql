-- The newest operations of an account up to the moment that a state began at, and the newest after it up to another
-- (neither given: all).
WITH moments AS (
    SELECT coalesce(%(since_at)s::timestamptz, 'infinity') AS since, coalesce(%(until_at)s::timestamptz, 'infinity') AS upto
)
(SELECT t.id FROM ledger_transfer t, moments
  WHERE t.account_id = %(account_id)s AND t.recorded_at <= moments.since
  ORDER BY t.id DESC LIMIT %(operations_max)s)
UNION ALL
(SELECT t.id FROM ledger_transfer t, moments
  WHERE t.account_id = %(account_id)s AND t.recorded_at > moments.since AND t.recorded_at <= moments.upto
  ORDER BY t.id DESC LIMIT %(operations_max)s)
ORDER BY id
