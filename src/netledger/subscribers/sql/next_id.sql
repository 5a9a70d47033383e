-- The next id of a group or a subscriber.
SELECT nextval('subscribers_id_seq') AS id
