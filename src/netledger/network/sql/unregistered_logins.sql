-- Connections whose login in lower case is not registered as a login of their subscriber: where case folding says more
-- than lower case does (ß), the one who asks looks closer.
SELECT c.login, c.subscriber_id
  FROM network_connection c
 WHERE NOT EXISTS (SELECT FROM subscribers_identifier i
                    WHERE i.key = lower(c.login) AND i.subscriber_id = c.subscriber_id AND i.is_login)
 ORDER BY c.id
