-- Takes in that static addresses were connections'.
COPY network_assignment (connection_id, nas_id, address, from_at, until_at) FROM STDIN
