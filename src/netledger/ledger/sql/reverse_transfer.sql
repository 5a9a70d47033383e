-- Takes a transfer back, once; a second time it answers the first reversal.
SELECT outcome, reversing_id, balance_after FROM ledger_reverse(%(transfer_id)s)
