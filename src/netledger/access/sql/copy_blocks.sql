-- Takes the administrator's blocks in; the unique index refuses a second one in force.
COPY access_block (subscriber_id, placed_at, placed_by, why, lifted_by) FROM STDIN
