-- Notes subscribers for a decision when the transaction commits.
SELECT access_note(%(subscriber_ids)s::bigint[])
