"""The command `netledger`: wiring, a file a subcommand."""
