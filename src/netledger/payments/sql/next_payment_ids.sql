-- The next ids of payments, that many of them.
SELECT nextval(pg_get_serial_sequence('payments_payment', 'id')) AS id FROM generate_series(1, %(count)s)
