-- family: oracles
-- expect: COLUMN_NOT_FILTERABLE
SELECT COUNT(*) FROM person WHERE wage > 4000;
-- expect: AGGREGATE_NOT_ALLOWED
SELECT MAX(wage) FROM person;
-- expect: AGGREGATE_NOT_ALLOWED
SELECT school, COUNT(*) FROM person GROUP BY school HAVING MIN(wage) > 3;
-- expect: AGGREGATE_NOT_ALLOWED
SELECT school, COUNT(*) FROM person GROUP BY school ORDER BY MAX(wage);
-- expect: SUBQUERY
SELECT COUNT(*) FROM person WHERE (SELECT COUNT(*) FROM visit WHERE clinic = 'spa') > 299;
