-- Finds up to so many subscribers by identifier, else by a part of the name or of the phone's digits; the identifier's first.
SELECT s.id
  FROM subscribers_subscriber s
 CROSS JOIN LATERAL (
       SELECT EXISTS (SELECT FROM subscribers_identifier i
                       WHERE i.key = %(key)s AND i.subscriber_id = s.id) AS his) AS identifier
 WHERE identifier.his
    OR (%(name_part)s <> '' AND strpos(translate(lower(s.name), 'ё', 'е'), %(name_part)s) > 0)
    OR (%(phone_digits)s <> '' AND strpos(regexp_replace(s.phone, '\D', '', 'g'), %(phone_digits)s) > 0)
 ORDER BY identifier.his DESC, s.name, s.id
 LIMIT %(found_max)s
