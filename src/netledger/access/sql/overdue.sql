-- How many decisions time alone should have changed by that moment, and nobody looked again.
SELECT count(*) AS overdue FROM access_decision WHERE recheck_at < %(before)s
