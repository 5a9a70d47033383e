-- The overdrafts of many accounts, locked in the order of their ids first.
WITH wanted AS MATERIALIZED (
    SELECT id, overdraft FROM unnest(%(account_ids)s::bigint[], %(overdrafts)s::numeric[]) AS w (id, overdraft)
), locked AS MATERIALIZED (
    SELECT id FROM ledger_account WHERE id = ANY (%(account_ids)s::bigint[]) ORDER BY id FOR NO KEY UPDATE
)
UPDATE ledger_account a SET overdraft = wanted.overdraft
  FROM wanted JOIN locked ON locked.id = wanted.id
 WHERE a.id = wanted.id AND a.overdraft <> wanted.overdraft
