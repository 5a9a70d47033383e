-- Takes contract numbers or logins in; the unique key refuses one that is somebody's already.
COPY subscribers_identifier (key, subscriber_id, is_contract, is_login) FROM STDIN
