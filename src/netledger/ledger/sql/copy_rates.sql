-- Takes in what each day of a run moves.
COPY ledger_rate (purpose, day, delta, ends_at) FROM STDIN
