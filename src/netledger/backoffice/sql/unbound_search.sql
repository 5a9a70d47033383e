-- What follows in the same transaction is planned and timed as ever.
SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL jit TO DEFAULT; SET LOCAL statement_timeout TO DEFAULT
