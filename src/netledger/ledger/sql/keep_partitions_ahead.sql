-- Partitions of the transfers, made before they are needed.
SELECT ledger_keep_partitions_ahead() AS made
