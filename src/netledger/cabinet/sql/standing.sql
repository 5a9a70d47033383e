-- A session as it stands now, whether what it was made from still holds, and what is seen at a glance of the subscriber.
SELECT ledger_now() AS now, t.created_at, t.seen_at, t.expires_at, host(t.address) AS address,
       t.connection_id, c.subscriber_id,
       c.ended_at IS NULL AND s.closed_at IS NULL
           AND c.secret_changed_at IS NOT DISTINCT FROM t.secret_changed_at AS is_sound,
       a.balance, coalesce(NOT d.negbal AND NOT d.blocked, false) AS may_pass,
       g.until_on AS lent_until_on, plan.id AS plan_id
  FROM cabinet_session t
  JOIN network_connection c ON c.id = t.connection_id
  JOIN subscribers_subscriber s ON s.id = c.subscriber_id
  JOIN ledger_account a ON a.id = s.account_id
  LEFT JOIN access_decision d ON d.subscriber_id = s.id
  LEFT JOIN payments_credit g ON g.subscriber_id = s.id AND g.ended_at IS NULL
  LEFT JOIN LATERAL (
        SELECT k.id
          FROM tariffs_subscription p
          JOIN tariffs_plan k ON k.id = p.plan_id AND k.gives_access
         WHERE p.subscriber_id = s.id AND p.from_on <= ledger_today()
           AND (p.until_on IS NULL OR p.until_on >= ledger_today())
         ORDER BY p.held_at IS NULL DESC, p.from_on DESC, p.id DESC
         LIMIT 1) AS plan ON true
 WHERE t.token_hash = %(token_hash)s::text
