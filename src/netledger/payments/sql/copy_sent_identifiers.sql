-- Takes in whom the operators named in those payments.
COPY payments_sentidentifier (payment_id, text) FROM STDIN
