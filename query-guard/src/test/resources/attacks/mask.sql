-- family: difference inside one query
-- expect: RARE_CONSTANT
SELECT COUNT(*), COUNT(*) FILTER (WHERE country <> 'Atlantis') FROM person;
-- expect: equal 0 1
SELECT SUM(wage), SUM(wage) FILTER (WHERE country NOT LIKE 'Atl%') FROM person;
-- expect: equal 0 1
SELECT SUM(wage), SUM(CASE WHEN country LIKE 'Atl%' THEN 0 ELSE wage END) FROM person;
-- expect: equal 0 1
SELECT AVG(wage), AVG(wage) FILTER (WHERE SUBSTRING(country, 1, 1) <> 'A') FROM person;
-- expect: MASKED_MEASURE
SELECT SUM(CASE WHEN wage > 4000 THEN wage ELSE 0 END) FROM person;
-- expect: MASKED_MEASURE
SELECT SUM(wage * age) FROM person;
