-- How a subscriber's access stands at a moment (none: now), since when for that reason, when the state before began and
-- the history begins, when money had last moved as the state began, and the balance then: from what is stored, nothing
-- decided anew.
WITH moment AS (
    SELECT coalesce(%(at)s::timestamptz, 'infinity') AS upto
), past AS MATERIALIZED (
    SELECT c.id, c.at, c.reason, c.negbal, c.blocked
      FROM access_change c, moment
     WHERE c.subscriber_id = %(subscriber_id)s AND c.at <= moment.upto
), latest AS (
    SELECT * FROM past ORDER BY id DESC LIMIT 1
), earlier AS (
    -- The last that had another reason: what follows it is one run of the reason, whichever flags changed in it.
    SELECT past.* FROM past JOIN latest ON past.reason <> latest.reason ORDER BY past.id DESC LIMIT 1
)
SELECT s.contract_number, s.account_id, s.created_at, s.closed_at, ledger_now() AS now_at,
       latest.reason, latest.negbal, latest.blocked,
       since.at AS since_at,
       earlier.at AS before_at,
       (SELECT min(at) FROM access_change WHERE subscriber_id = s.id) AS recorded_from_at,
       (SELECT t.recorded_at FROM ledger_transfer t
         WHERE t.account_id = s.account_id AND t.recorded_at <= since.at
         ORDER BY t.id DESC LIMIT 1) AS moved_at,
       coalesce((SELECT t.balance_after FROM ledger_transfer t
                  WHERE t.account_id = s.account_id AND t.recorded_at <= moment.upto
                  ORDER BY t.id DESC LIMIT 1), 0.00) AS balance
  FROM subscribers_subscriber s
 CROSS JOIN moment
  LEFT JOIN latest ON true
  LEFT JOIN earlier ON true
 CROSS JOIN LATERAL (SELECT min(at) AS at FROM past WHERE id > coalesce(earlier.id, 0)) AS since
 WHERE s.id = %(subscriber_id)s
