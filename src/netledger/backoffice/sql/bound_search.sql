-- Bounds what a search may cost: no whole table is read, however the planner guesses, and a statement gives up in time.
SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL statement_timeout = '700ms'
