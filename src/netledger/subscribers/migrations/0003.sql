-- What subscribers are found by, and the indexes of it. Comparing is by the order of bytes, whatever the database's collation is.

CREATE FUNCTION subscribers_folded(p_text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- Without case, and ё as е; where the database's lower() knows no Cyrillic, too.
RETURN translate(lower(p_text), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе');

CREATE FUNCTION subscribers_found_by(p_name text, p_street text, p_house text, p_flat text, p_phone text)
    RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- One text of all that a person may remember, a space before and after each word; house and flat are words of their own
-- with a letter before them, so that house 5 is neither house 15 nor flat 5; of a phone only the digits.
RETURN ' ' || public.subscribers_folded(translate(p_name || ' ' || p_street, '.,', '  ')
                                        || ' д' || replace(p_house, ' ', '') || ' к' || replace(p_flat, ' ', ''))
           || ' ' || regexp_replace(p_phone, '[^0-9]+', '', 'g') || ' ';

CREATE INDEX subscribers_by_what_is_told ON subscribers_subscriber
    USING gin (subscribers_found_by(name, street, house, flat, phone) gin_trgm_ops);
CREATE INDEX subscribers_by_name ON subscribers_subscriber ((subscribers_folded(name) COLLATE "C"), id);
CREATE INDEX subscribers_by_onec_code ON subscribers_subscriber ((onec_code COLLATE "C")) WHERE onec_code IS NOT NULL;
CREATE INDEX identifiers_by_beginning ON subscribers_identifier ((key COLLATE "C"));
