-- family: listing, singleton groups, rare keys
-- expect: ROWS_NOT_ALLOWED
SELECT school, sex, age FROM person WHERE school = 'college';
-- expect: absent astronaut
SELECT job, COUNT(*) FROM person GROUP BY job;
-- expect: NOTHING_RELEASABLE
SELECT COUNT(*) FROM person WHERE country LIKE 'Atl%';
-- expect: NOTHING_RELEASABLE
SELECT COUNT(*) FROM person WHERE SUBSTRING(country, 1, 1) = 'A';
