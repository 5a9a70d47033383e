-- Contracts whose 1C code has white space around it, or is another's too: either is found by nobody, or by two.
SELECT s.contract_number, s.onec_code
  FROM (SELECT contract_number, onec_code, count(*) OVER (PARTITION BY onec_code) AS bearers
          FROM subscribers_subscriber WHERE onec_code IS NOT NULL) s
 WHERE s.bearers > 1 OR s.onec_code <> btrim(s.onec_code, E' \t\n\r\u00a0')
 ORDER BY 1
