-- A page of subscribers, the newest contract first, before the one that a page ended with: in one state of access, below a
-- group (at any depth), of these ids, with a plan today (nobody has one twice at a time); NULL asks for all. What is asked for are joins,
-- so that of a rare state or plan its index is read and not every subscriber; what a page shows, for its rows alone.
WITH RECURSIVE below AS (
    SELECT g.id FROM subscribers_group g WHERE g.id = %(group_id)s
     UNION
    SELECT g.id FROM subscribers_group g JOIN below b ON g.parent_id = b.id
), chosen AS (
    SELECT s.id
      FROM subscribers_subscriber s
      LEFT JOIN access_decision d ON d.subscriber_id = s.id
      LEFT JOIN tariffs_subscription p
             ON p.subscriber_id = s.id AND p.plan_id = %(plan_id)s
            AND p.from_on <= %(today)s AND (p.until_on IS NULL OR p.until_on >= %(today)s)
     WHERE s.id < coalesce(%(before_id)s::bigint, 9223372036854775807)
       AND (%(group_id)s IS NULL OR s.group_id = ANY (ARRAY(SELECT id FROM below)))
       AND (%(ids)s::bigint[] IS NULL OR s.id = ANY (%(ids)s::bigint[]))
       AND (%(reason)s IS NULL OR d.reason = %(reason)s)
       AND (%(plan_id)s IS NULL OR p.id IS NOT NULL)
     ORDER BY s.id DESC
     LIMIT %(lines_max)s
)
SELECT s.id AS subscriber_id, s.contract_number, s.name, s.street, s.house, s.flat, s.phone, a.balance, d.reason,
       (SELECT string_agg(k.name, ', ' ORDER BY p.from_on, p.id)
          FROM tariffs_subscription p JOIN tariffs_plan k ON k.id = p.plan_id
         WHERE p.subscriber_id = s.id AND p.from_on <= %(today)s AND (p.until_on IS NULL OR p.until_on >= %(today)s)) AS plans
  FROM chosen
  JOIN subscribers_subscriber s ON s.id = chosen.id
  JOIN ledger_account a ON a.id = s.account_id
  LEFT JOIN access_decision d ON d.subscriber_id = s.id
 ORDER BY s.id DESC
