-- The next ids of connections, that many of them.
SELECT nextval(pg_get_serial_sequence('network_connection', 'id')) AS id FROM generate_series(1, %(count)s)
