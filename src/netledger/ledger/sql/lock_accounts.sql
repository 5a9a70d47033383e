-- Locks many accounts until the transaction ends, in the order of their ids; what is read later holds until then.
SELECT id FROM ledger_account WHERE id = ANY (%(account_ids)s::bigint[]) ORDER BY id FOR NO KEY UPDATE
