"""Tables, guards and functions of the ledger."""
