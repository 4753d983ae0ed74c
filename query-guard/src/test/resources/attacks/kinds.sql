-- family: statement kinds by a detour, catalogue, sampling, windows
-- expect: STATEMENT_NOT_ALLOWED
PREPARE p AS SELECT COUNT(*) FROM person;
-- expect: STATEMENT_NOT_ALLOWED
EXPLAIN PLAN FOR SELECT COUNT(*) FROM person WHERE country = 'Atlantis';
-- expect: STATEMENT_NOT_ALLOWED
DECLARE c CURSOR FOR SELECT id FROM person;
-- expect: UNKNOWN_NAME
SELECT COUNT(*) FROM information_schema.tables;
-- expect: SAMPLING
SELECT COUNT(*) FROM person WHERE RAND() < 0.1;
-- expect: WINDOW
SELECT SUM(x) FROM (SELECT SUM(wage) OVER (ORDER BY school) AS x FROM person) AS t;
-- expect: ROWS_NOT_ALLOWED
SELECT school, RANK() OVER (ORDER BY wage) FROM person;
