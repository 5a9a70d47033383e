-- Contracts whose number is not a key of theirs by PostgreSQL's lower case, each with the key that it has (or none).
SELECT s.contract_number, coalesce(i.key, '') AS key
  FROM subscribers_subscriber s
  LEFT JOIN subscribers_identifier i ON i.subscriber_id = s.id AND i.is_contract
 WHERE i.key IS DISTINCT FROM lower(s.contract_number)
 ORDER BY 1
