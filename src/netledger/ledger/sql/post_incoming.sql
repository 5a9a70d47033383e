-- Posts what was taken in, in the order of its rows, and answers the operation of each that has a position.
SELECT i.position, p.transfer_id
  FROM ledger_record_bulk() p
  JOIN ledger_incoming i ON i.row_no = p.row_no AND i.position IS NOT NULL
 ORDER BY i.position
