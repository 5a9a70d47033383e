-- Payments of a subscriber from a moment to another, without those that were taken back before 1C had them.
SELECT p.transfer_id AS operation_id
  FROM payments_payment p
 WHERE p.subscriber_id = %(subscriber_id)s AND p.taken_at >= %(from_at)s AND p.taken_at < %(until_at)s
   AND (NOT EXISTS (SELECT FROM ledger_reversal r WHERE r.reversed_id = p.transfer_id)
        OR EXISTS (SELECT FROM payments_onecmark m WHERE m.transfer_id = p.transfer_id))
 ORDER BY 1
