-- What came in on two days, hour by hour and operator by operator, without what was taken back; of the earlier day also
-- what had come by the same time. Read from the index alone.
SELECT o.code AS operator_code, o.name AS operator_name, d.is_today,
       extract(hour FROM p.taken_at AT TIME ZONE %(zone_name)s)::integer AS hour,
       sum(p.amount) AS sum, count(*) AS payments,
       coalesce(sum(p.amount) FILTER (WHERE p.taken_at < d.same_time_at), 0) AS sum_by_then
  FROM (VALUES (true, %(today_at)s::timestamptz, %(now_at)s::timestamptz, %(now_at)s::timestamptz),
               (false, %(earlier_at)s, %(earlier_end_at)s, %(earlier_now_at)s)) AS d (is_today, from_at, until_at, same_time_at)
 CROSS JOIN payments_operator o
  JOIN payments_payment p ON p.operator_id = o.id AND p.taken_at >= d.from_at AND p.taken_at < d.until_at
 WHERE NOT EXISTS (SELECT FROM ledger_reversal r WHERE r.reversed_id = p.transfer_id)
 GROUP BY o.id, d.is_today, hour
 ORDER BY o.name, d.is_today, hour
