-- The subscribers below a group, at any depth, whom 1C has (or has not) yet, in the order of their ids.
WITH RECURSIVE below AS (
    SELECT g.id FROM subscribers_group g WHERE g.id = %(group_id)s
     UNION
    SELECT g.id FROM subscribers_group g JOIN below b ON g.parent_id = b.id
)
SELECT s.id AS subscriber_id, s.account_id, s.name, s.onec_code, s.email, s.is_company, s.phone, s.contract_number
  FROM subscribers_subscriber s
 WHERE s.group_id IN (SELECT id FROM below) AND (s.onec_synced_at IS NOT NULL) = %(is_synced)s
 ORDER BY s.id
