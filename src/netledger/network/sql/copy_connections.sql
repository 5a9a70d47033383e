-- Takes connections in; the unique index refuses an address that is taken on that NAS.
COPY network_connection (id, subscriber_id, login, secret, address, mac, nas_id, snat_address, by_session, enabled,
                         created_at, ended_at) FROM STDIN
