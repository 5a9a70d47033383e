-- Takes groups in, each with the id that was drawn for it.
COPY subscribers_group (id, name, parent_id) FROM STDIN
