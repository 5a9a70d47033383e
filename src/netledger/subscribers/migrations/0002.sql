-- The one counter of the contract numbers that netledger gives itself.
INSERT INTO subscribers_contractcounter (is_only, next_number) VALUES (true, 1);
