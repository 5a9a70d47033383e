-- The database's clock, the zone by which its days begin, the newest moment that was written down, and when these days
-- begin by its own rules of that zone.
SELECT clock_timestamp() AS now_at, ledger_zone_name() AS zone_name,
       (SELECT recorded_at FROM ledger_transfer ORDER BY id DESC LIMIT 1) AS last_recorded_at,
       ARRAY(SELECT ledger_day_start(d.day)
               FROM unnest(%(days)s::date[]) WITH ORDINALITY AS d (day, number)
              ORDER BY d.number) AS day_starts
