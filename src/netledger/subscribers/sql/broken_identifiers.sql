-- Contracts that are not found by their number.
SELECT s.contract_number
  FROM subscribers_subscriber s
 WHERE NOT EXISTS (SELECT FROM subscribers_identifier i WHERE i.subscriber_id = s.id AND i.is_contract)
 ORDER BY 1
