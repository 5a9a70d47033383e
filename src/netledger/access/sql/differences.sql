-- Stored decisions that are not what the rules say now, and subscriptions without a decision.
-- One whose moment to look again has come just now is not wrong: the ticker is about to look.
SELECT s.subscriber_id, d.subscriber_id IS NULL AS missing,
       coalesce(d.reason, '') AS stored_reason, s.reason AS right_reason
  FROM access_state(ARRAY(SELECT subscriber_id FROM access_decision
                          UNION SELECT subscriber_id FROM tariffs_subscription)) AS s
  LEFT JOIN access_decision d ON d.subscriber_id = s.subscriber_id
 WHERE (d.negbal, d.blocked, d.reason) IS DISTINCT FROM (s.negbal, s.blocked, s.reason)
   AND (d.recheck_at IS NULL OR d.recheck_at NOT BETWEEN ledger_now() - interval '5 seconds' AND ledger_now())
 ORDER BY s.subscriber_id
