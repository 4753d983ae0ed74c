-- family: oracles
-- expect: COLUMN_NOT_FILTERABLE
SELECT COUNT(*) FROM person WHERE wage > 4000;
-- expect: absent 900000.000000
SELECT MAX(debt) FROM person;
-- expect: AGGREGATE_NOT_ALLOWED
SELECT school, COUNT(*) FROM person GROUP BY school HAVING ANY_VALUE(wage) > 3;
-- expect: AGGREGATE_NOT_ALLOWED
SELECT school, COUNT(*) FROM person GROUP BY school ORDER BY LISTAGG(country);
-- expect: RARE_CONSTANT
SELECT COUNT(*) FROM person WHERE (SELECT COUNT(*) FROM visit WHERE clinic = 'spa') > 299;
