-- Takes contracts in, each with the id and the account that were drawn for it.
COPY subscribers_subscriber (id, account_id, contract_number, name, group_id, street, house, flat, phone, email,
                             created_at, activated_at, closed_at) FROM STDIN
