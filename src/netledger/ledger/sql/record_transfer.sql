-- Moves money to (above zero) or from a subscriber's account, and answers the operation and the balance it leaves.
SELECT transfer_id, balance_after
  FROM ledger_record(%(account_id)s, %(contra_id)s, %(delta)s, %(kind)s, %(purpose)s, %(accounting_day)s, %(happened_at)s)
