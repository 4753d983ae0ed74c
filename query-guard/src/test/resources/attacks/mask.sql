-- family: difference inside one query
-- expect: RARE_CONSTANT
SELECT COUNT(*), COUNT(*) FILTER (WHERE country <> 'Atlantis') FROM person;
-- expect: MASKED_MEASURE
SELECT SUM(wage), SUM(wage) FILTER (WHERE country <> 'Cathay') FROM person;
-- expect: MASKED_MEASURE
SELECT SUM(CASE WHEN sex = 'F' THEN wage ELSE 0 END) FROM person;
-- expect: MASKED_MEASURE
SELECT SUM(wage + 0 * age) FROM person;
