-- Transfers whose balance_after is not the one before it of that account and their amount.
SELECT id AS transfer_id, account_id, balance_after, before + delta AS right_balance
  FROM (SELECT id, account_id, balance_after,
               CASE WHEN credit_id = account_id THEN amount ELSE -amount END AS delta,
               coalesce(lag(balance_after) OVER (PARTITION BY account_id ORDER BY id), 0) AS before
          FROM ledger_transfer) AS chain
 WHERE balance_after <> before + delta
 ORDER BY id
