-- The guards of payments, and the two decisions that the database takes alone: who was first, and who cancelled first.

CREATE TRIGGER payments_payment_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments_payment
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION payments_find(
    p_operator bigint, p_operator_payment_id text, OUT payment_id bigint, OUT operation_id bigint,
    OUT subscriber_id bigint, OUT amount numeric, OUT balance_after numeric, OUT taken_at timestamptz,
    OUT recorded_at timestamptz, OUT sent_to text, OUT reversing_id bigint, OUT reversed_balance_after numeric,
    OUT reversed_at timestamptz
) LANGUAGE sql STABLE AS $$
    -- A payment with the operation it made and, where it was taken back, the operation that did it; all NULL: none.
    SELECT p.id, p.transfer_id, p.subscriber_id, p.amount, t.balance_after, p.taken_at, p.recorded_at, i.text,
           r.reversing_id, b.balance_after, b.happened_at
      FROM payments_payment p
      JOIN ledger_transfer t ON t.id = p.transfer_id
      LEFT JOIN payments_sentidentifier i ON i.payment_id = p.id
      LEFT JOIN ledger_reversal r ON r.reversed_id = p.transfer_id
      LEFT JOIN ledger_transfer b ON b.id = r.reversing_id
     WHERE p.operator_id = p_operator AND p.operator_payment_id = p_operator_payment_id
$$;

CREATE FUNCTION payments_take(
    p_operator bigint, p_operator_payment_id text, p_sent_to text, p_subscriber bigint, p_amount numeric,
    p_taken_at timestamptz, OUT outcome text, OUT operation_id bigint, OUT subscriber_id bigint,
    OUT amount numeric, OUT balance_after numeric, OUT taken_at timestamptz
) LANGUAGE plpgsql AS $$
-- Credits the subscriber with a payment, once for each (operator, id). The unique index decides who was first; a loser
-- sees the winner's row in a statement that begins after it. outcome: taken, repeat, conflict, cancelled, nobody,
-- closed (a closed contract takes money while it owes, and no longer) or retired (the operator takes no new ones).
DECLARE
    v_account bigint;
    v_closed boolean;
    v_balance numeric;
    v_operator payments_operator;
    v_transfer bigint;
    v_payment bigint;
    v_known record;
BEGIN
    subscriber_id := p_subscriber;
    SELECT * INTO STRICT v_operator FROM payments_operator WHERE id = p_operator;
    IF p_subscriber IS NOT NULL THEN
        SELECT a.id, a.balance INTO STRICT v_account, v_balance FROM ledger_account a
          WHERE a.id = (SELECT s.account_id FROM subscribers_subscriber s WHERE s.id = p_subscriber)
          FOR NO KEY UPDATE;
        SELECT s.closed_at IS NOT NULL INTO STRICT v_closed FROM subscribers_subscriber s WHERE s.id = p_subscriber;
        outcome := CASE WHEN v_operator.retired_at IS NOT NULL THEN 'retired'
                        WHEN v_closed AND v_balance >= 0 THEN 'closed' END;
    ELSE
        outcome := 'nobody';
    END IF;
    IF outcome IS NULL THEN
        v_transfer := nextval('ledger_transfer_id_seq');
        INSERT INTO payments_payment AS p (operator_id, operator_payment_id, subscriber_id, transfer_id, amount,
                                           taken_at, recorded_at)
        VALUES (p_operator, p_operator_payment_id, p_subscriber, v_transfer, p_amount, p_taken_at, ledger_now())
        ON CONFLICT (operator_id, operator_payment_id) DO NOTHING RETURNING p.id INTO v_payment;
        IF FOUND THEN
            INSERT INTO payments_sentidentifier (payment_id, text) VALUES (v_payment, p_sent_to);
            outcome := 'taken';
            operation_id := v_transfer;
            amount := p_amount;
            taken_at := p_taken_at;
            balance_after := ledger_post(v_transfer, v_account, v_operator.account_id, p_amount, 'payment',
                                         v_operator.code, ledger_today(), p_taken_at);
            RETURN;
        END IF;
    END IF;
    SELECT * INTO v_known FROM payments_find(p_operator, p_operator_payment_id);
    IF v_known.payment_id IS NULL THEN
        RETURN;
    END IF;
    outcome := CASE WHEN v_known.amount <> p_amount
                         OR (v_known.subscriber_id IS DISTINCT FROM p_subscriber
                             AND v_known.sent_to IS DISTINCT FROM p_sent_to) THEN 'conflict'
                    WHEN v_known.reversing_id IS NOT NULL THEN 'cancelled'
                    ELSE 'repeat' END;
    operation_id := v_known.operation_id;
    subscriber_id := v_known.subscriber_id;
    amount := v_known.amount;
    balance_after := v_known.balance_after;
    taken_at := v_known.taken_at;
END
$$;

CREATE FUNCTION payments_cancel(
    p_operator bigint, p_operator_payment_id text, p_sent_to text, p_subscriber bigint, p_amount numeric,
    OUT outcome text, OUT operation_id bigint, OUT reversed_id bigint, OUT subscriber_id bigint, OUT amount numeric,
    OUT balance_after numeric, OUT cancelled_at timestamptz
) LANGUAGE plpgsql AS $$
-- Takes a payment back, once. What is sent beside the id must match. outcome: cancelled, repeat, unknown, conflict or late.
DECLARE
    v_known record;
    v_within integer;
BEGIN
    SELECT * INTO v_known FROM payments_find(p_operator, p_operator_payment_id);
    IF v_known.payment_id IS NULL THEN
        outcome := 'unknown';
        RETURN;
    END IF;
    reversed_id := v_known.operation_id;
    subscriber_id := v_known.subscriber_id;
    amount := v_known.amount;
    IF v_known.amount <> coalesce(p_amount, v_known.amount)
        OR (p_sent_to IS NOT NULL AND v_known.subscriber_id IS DISTINCT FROM p_subscriber
            AND v_known.sent_to IS DISTINCT FROM p_sent_to) THEN
        outcome := 'conflict';
        RETURN;
    END IF;
    SELECT cancel_within_days INTO STRICT v_within FROM payments_operator WHERE id = p_operator;
    IF v_known.reversing_id IS NULL AND v_known.recorded_at + make_interval(days => v_within) < ledger_now() THEN
        outcome := 'late';
        RETURN;
    END IF;
    SELECT CASE r.outcome WHEN 'done' THEN 'cancelled' ELSE 'repeat' END, r.reversing_id, r.balance_after
      INTO outcome, operation_id, balance_after
      FROM ledger_reverse(v_known.operation_id) r;
    SELECT t.happened_at INTO cancelled_at FROM ledger_transfer t WHERE t.id = payments_cancel.operation_id;
END
$$;
