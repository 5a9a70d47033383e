"""Money that came, is lent, or is put right: operators, payments, credit, corrections, reversals."""
