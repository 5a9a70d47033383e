-- Posts what was taken in, in the order of its rows, and answers the operation of each that has a position.
SELECT position, transfer_id FROM ledger_record_bulk()
