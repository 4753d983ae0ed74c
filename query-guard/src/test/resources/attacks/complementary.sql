-- family: complementary cells, groups first and the total afterwards
-- expect: absent astronaut
SELECT job, COUNT(*), SUM(wage) FROM person GROUP BY job;
-- expect: sums of 1
SELECT COUNT(*), SUM(wage) FROM person;
-- expect: released
SELECT job, COUNT(*) FROM person GROUP BY ROLLUP(job);
-- expect: released
SELECT job, COUNT(*) FROM person GROUP BY job UNION ALL SELECT 'all', COUNT(*) FROM person;
-- expect: below 13 in 1
SELECT job, (SELECT COUNT(*) FROM person) - SUM(COUNT(*)) OVER () FROM person GROUP BY job;
