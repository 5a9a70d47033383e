-- The credit plus the promise in force of one account; a flip of "overdrawn" is noted by access's trigger.
UPDATE ledger_account SET overdraft = %(overdraft)s WHERE id = %(account_id)s AND overdraft <> %(overdraft)s
