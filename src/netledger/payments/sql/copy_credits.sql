-- Takes leaves to owe in; the unique index refuses a second one in force.
COPY payments_credit (subscriber_id, amount, granted_at, granted_by, until_on) FROM STDIN
