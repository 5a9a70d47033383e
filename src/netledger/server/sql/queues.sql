-- What waits to be done: who was noted and is not decided about (a fault, once committed), whose moment to be looked at has passed.
SELECT (SELECT count(*) FROM access_noted) AS noted,
       (SELECT count(*) FROM access_decision WHERE recheck_at < %(now)s) AS overdue
