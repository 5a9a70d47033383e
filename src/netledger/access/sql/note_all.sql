-- Notes everybody who has been decided about: what all decisions rest on has changed.
SELECT access_note(array_agg(subscriber_id)) FROM access_decision
