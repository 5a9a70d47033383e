"""One installed netledger: its home folder, configuration, keys and database cluster."""
