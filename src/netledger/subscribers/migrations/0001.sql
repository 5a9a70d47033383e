-- One sequence for groups and subscribers: on Carbon's wire both are Abonents.
CREATE SEQUENCE subscribers_id_seq AS bigint;
ALTER TABLE subscribers_group ALTER COLUMN id SET DEFAULT nextval('subscribers_id_seq');
ALTER TABLE subscribers_subscriber ALTER COLUMN id SET DEFAULT nextval('subscribers_id_seq');
