-- What a subscriber's account received and was charged since a day, each without what was taken back of it.
-- What is left of the balance is what it began with, an opening balance included.
SELECT a.balance, coalesce(sum(t.part) FILTER (WHERE t.is_receipt), 0) AS receipts,
       coalesce(-sum(t.part) FILTER (WHERE NOT t.is_receipt), 0) AS charges
  FROM ledger_account a
  LEFT JOIN (SELECT t.account_id, CASE WHEN t.credit_id = t.account_id THEN t.amount ELSE -t.amount END AS part,
                    (t.credit_id = t.account_id) <> (t.kind = 'reversal') AS is_receipt
               FROM ledger_transfer t
              WHERE t.account_id = %(account_id)s AND t.accounting_day >= %(from_on)s AND t.kind <> 'opening') t
         ON t.account_id = a.id
 WHERE a.id = %(account_id)s
 GROUP BY a.id
