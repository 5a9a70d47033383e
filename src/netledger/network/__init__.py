"""What subscribers go online with: NAS, connection, session, the history of addresses, and the routers' lists."""
