"""The command `netledger`, run as a user runs it."""
