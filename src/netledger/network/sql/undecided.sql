-- Contracts with a connection and without a decision: their connections are in no list.
SELECT s.contract_number
  FROM subscribers_subscriber s
 WHERE EXISTS (SELECT FROM network_connection c WHERE c.subscriber_id = s.id)
   AND NOT EXISTS (SELECT FROM access_decision d WHERE d.subscriber_id = s.id)
 ORDER BY s.contract_number
