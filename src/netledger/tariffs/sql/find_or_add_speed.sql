-- The row of a set of limits, made where it is new; the unique key decides who makes it.
WITH added AS (
    INSERT INTO tariffs_speed (rate_in_kbps, ceil_in_kbps, burst_in_bytes, cburst_in_bytes,
                               rate_out_kbps, ceil_out_kbps, burst_out_bytes, cburst_out_bytes)
    VALUES (%(rate_in_kbps)s, %(ceil_in_kbps)s, %(burst_in_bytes)s, %(cburst_in_bytes)s,
            %(rate_out_kbps)s, %(ceil_out_kbps)s, %(burst_out_bytes)s, %(cburst_out_bytes)s)
    ON CONFLICT ON CONSTRAINT a_set_of_limits_once DO NOTHING
    RETURNING id
)
SELECT id FROM added
