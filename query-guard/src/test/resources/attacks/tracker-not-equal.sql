-- family: difference of two answers, everyone and everyone but one
-- expect: released
SELECT COUNT(*), SUM(wage) FROM person;
-- expect: RARE_CONSTANT
SELECT COUNT(*), SUM(wage) FROM person WHERE country <> 'Atlantis';
-- expect: RARE_CONSTANT
SELECT COUNT(*), SUM(wage) FROM person WHERE NOT (country = 'Atlantis');
-- expect: RARE_CONSTANT
SELECT COUNT(*), SUM(wage) FROM person WHERE CASE WHEN country = 'Atlantis' THEN 1 ELSE 0 END = 0;
