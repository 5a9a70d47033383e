-- Locks one account until the transaction ends; what is read in later statements holds until then.
SELECT id, balance, overdraft FROM ledger_account WHERE id = %(account_id)s FOR NO KEY UPDATE
