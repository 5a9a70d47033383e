-- Claims a name for a subscriber, or adds a use to a name that is his already; touches no row if another has it
-- or if this very use is there already. The unique key decides, whoever comes first.
INSERT INTO subscribers_identifier AS mine (key, subscriber_id, is_contract, is_login)
VALUES (%(key)s, %(subscriber_id)s, %(is_contract)s, %(is_login)s)
ON CONFLICT (key) DO UPDATE
   SET is_contract = mine.is_contract OR excluded.is_contract, is_login = mine.is_login OR excluded.is_login
 WHERE mine.subscriber_id = excluded.subscriber_id
   AND NOT (mine.is_contract AND excluded.is_contract) AND NOT (mine.is_login AND excluded.is_login)
