-- Posts what was copied, in the order of its rows, and answers the operation of each.
SELECT row_no, transfer_id FROM ledger_record_bulk() ORDER BY row_no
