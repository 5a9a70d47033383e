-- Notes those whose decision time alone may have changed by then, a batch at a time.
WITH due AS (
    SELECT subscriber_id FROM access_decision WHERE recheck_at <= %(now)s ORDER BY recheck_at LIMIT %(batch)s
)
SELECT count(*) AS noted, access_note(array_agg(subscriber_id)) AS nothing FROM due HAVING count(*) > 0
