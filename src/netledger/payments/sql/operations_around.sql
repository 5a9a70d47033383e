-- The newest operations of an account up to the moment that a state began at, and the newest after it up to another.
(SELECT t.id FROM ledger_transfer t
  WHERE t.account_id = %(account_id)s AND t.recorded_at <= %(since_at)s
  ORDER BY t.id DESC LIMIT %(operations_max)s)
UNION ALL
(SELECT t.id FROM ledger_transfer t
  WHERE t.account_id = %(account_id)s AND t.recorded_at > %(since_at)s AND t.recorded_at <= %(until_at)s
  ORDER BY t.id DESC LIMIT %(operations_max)s)
ORDER BY id
