-- Takes sessions in; the unique indexes refuse a second open one of a connection or at an address.
COPY network_session (connection_id, session_code, nas_id, address, mac, started_at, seen_at, stopped_at) FROM STDIN
