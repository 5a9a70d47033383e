-- Accounts whose overdraft is not the credit in force; the ticker has a few seconds to end one whose last day is over.
SELECT s.contract_number, a.overdraft, coalesce(c.amount, 0) AS right_overdraft
  FROM subscribers_subscriber s
  JOIN ledger_account a ON a.id = s.account_id
  LEFT JOIN payments_credit c
       ON c.subscriber_id = s.id AND c.ended_at IS NULL
          AND (c.until_on IS NULL OR ledger_day_start(c.until_on + 1) > ledger_now() - interval '5 seconds')
 WHERE a.overdraft <> coalesce(c.amount, 0)
 ORDER BY 1
