-- The next ids of groups and subscribers, that many of them.
SELECT nextval('subscribers_id_seq') AS id FROM generate_series(1, %(count)s)
