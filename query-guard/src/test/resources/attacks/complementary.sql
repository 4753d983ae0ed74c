-- family: complementary cells, groups first and the total afterwards
-- expect: absent astronaut
SELECT job, COUNT(*), SUM(wage) FROM person GROUP BY job;
-- expect: sums of 1
SELECT COUNT(*), SUM(wage) FROM person;
-- expect: GROUPING_SETS
SELECT job, COUNT(*) FROM person GROUP BY ROLLUP(job);
