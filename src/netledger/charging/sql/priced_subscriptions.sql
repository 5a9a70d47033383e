-- A subscriber's money and each of his subscriptions with each price of its plan; of a closed contract nothing.
SELECT ledger_today() AS today, a.balance, a.overdraft,
       p.id AS subscription_id, k.charged_by, p.held_at IS NOT NULL AS held,
       p.from_on, p.until_on, p.charged_through_on, v.from_on AS price_from_on, v.price
  FROM subscribers_subscriber s
  JOIN ledger_account a ON a.id = s.account_id
  JOIN tariffs_subscription p ON p.subscriber_id = s.id
  JOIN tariffs_plan k ON k.id = p.plan_id
  JOIN tariffs_planversion v ON v.plan_id = p.plan_id
 WHERE s.id = %(subscriber_id)s::bigint AND s.closed_at IS NULL
 ORDER BY p.id, v.from_on
