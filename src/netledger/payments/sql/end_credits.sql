-- Ends those of these credits that are still in force.
UPDATE payments_credit SET ended_at = %(at)s WHERE id = ANY (%(credit_ids)s::bigint[]) AND ended_at IS NULL
