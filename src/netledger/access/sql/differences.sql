-- Stored decisions that are not what the rules say now, and subscriptions without a decision.
-- One whose moment to look again has come just now is not wrong: the ticker is about to look.
SELECT s.subscriber_id,
       CASE WHEN d.subscriber_id IS NULL THEN 'nothing'
            ELSE format('%%s, negbal %%s, blocked %%s, again at %%s', d.reason, d.negbal::int, d.blocked::int, d.recheck_at) END
           AS stored,
       format('%%s, negbal %%s, blocked %%s, again at %%s', s.reason, s.negbal::int, s.blocked::int, s.recheck_at) AS ruled
  FROM access_state(ARRAY(SELECT subscriber_id FROM access_decision
                          UNION SELECT subscriber_id FROM tariffs_subscription)) AS s
  LEFT JOIN access_decision d ON d.subscriber_id = s.subscriber_id
 WHERE (d.negbal, d.blocked, d.reason, d.recheck_at) IS DISTINCT FROM (s.negbal, s.blocked, s.reason, s.recheck_at)
   AND (d.recheck_at IS NULL OR d.recheck_at NOT BETWEEN ledger_now() - interval '5 seconds' AND ledger_now())
 ORDER BY s.subscriber_id
