-- Takes payments in, each with the operation that it made; the unique index refuses a repeat.
COPY payments_payment (id, operator_id, operator_payment_id, subscriber_id, transfer_id, amount, taken_at, recorded_at)
FROM STDIN
