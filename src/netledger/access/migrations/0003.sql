-- The rules look up whom they are asked about first, and ask the clock once for all of them: for each it cost more than
-- all else that is looked up, and with few statistics the plan asked it for every account that there is.
CREATE OR REPLACE FUNCTION access_state(p_subscribers bigint[])
    RETURNS TABLE (subscriber_id bigint, negbal boolean, blocked boolean, reason text, recheck_at timestamptz)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    -- What the rules say now of each of these subscribers; writes nothing.
    WITH clock AS MATERIALIZED (
        SELECT ledger_today() AS today
    ), wanted AS MATERIALIZED (
        SELECT s.id, s.closed_at, a.overdrawn
          FROM unnest(p_subscribers) AS asked (id)
          JOIN subscribers_subscriber s ON s.id = asked.id
          JOIN ledger_account a ON a.id = s.account_id
    )
    SELECT wanted.id,
           wanted.overdrawn OR NOT plans.opens,
           block.there,
           CASE WHEN wanted.closed_at IS NOT NULL THEN 'closed'
                WHEN block.there THEN 'blocked'
                WHEN wanted.overdrawn THEN 'overdrawn'
                WHEN plans.opens THEN 'open'
                WHEN plans.held THEN 'held'
                ELSE 'no_plan' END,
           plans.recheck_at
      FROM wanted
     CROSS JOIN clock
     CROSS JOIN LATERAL (
           SELECT coalesce(bool_or(n.today AND p.held_at IS NULL), false) AS opens,
                  coalesce(bool_or(n.today AND p.held_at IS NOT NULL), false) AS held,
                  ledger_day_start(min(CASE WHEN p.from_on > clock.today THEN p.from_on
                                            WHEN n.today THEN p.until_on + 1 END)) AS recheck_at
             FROM tariffs_subscription p
             JOIN tariffs_plan k ON k.id = p.plan_id AND k.gives_access
            CROSS JOIN LATERAL (SELECT p.from_on <= clock.today
                                       AND (p.until_on IS NULL OR p.until_on >= clock.today) AS today) AS n
            WHERE p.subscriber_id = wanted.id) AS plans
     CROSS JOIN LATERAL (
           SELECT EXISTS (SELECT FROM access_block b
                           WHERE b.subscriber_id = wanted.id AND b.lifted_at IS NULL) AS there) AS block
$$;
