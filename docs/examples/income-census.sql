-- Questions to the zone of income-census.yaml. The word after "answer:" says what comes back.

-- answer: released · persons and mean hours by education
SELECT education, COUNT(*) AS persons, AVG(hours_per_week) AS mean_hours
FROM person GROUP BY education ORDER BY persons DESC;

-- answer: released · persons and mean hours by sex and occupation
SELECT sex AS 性别, occupation AS 职业, COUNT(*) AS 人数, AVG(hours_per_week) AS 平均工时
FROM person GROUP BY sex, occupation;

-- answer: released · share above 50K by education and age band
SELECT education, age, COUNT(*) AS persons,
       AVG(CASE WHEN income = '>50K' THEN 1 ELSE 0 END) AS share_above
FROM person GROUP BY education, age;

-- answer: ROWS_NOT_ALLOWED · a single person's row
SELECT education, income FROM person WHERE education = 'Doctorate';

-- answer: SUBJECT_NOT_USABLE · a single person by number
SELECT COUNT(*) FROM person WHERE person_id = 42;

-- answer: RARE_CONSTANT · a group of one
SELECT COUNT(*), AVG(hours_per_week) FROM person WHERE native_country = 'Holand-Netherlands';

-- answer: released · everyone who works full hours by sex, the first of two
SELECT COUNT(*) AS persons, SUM(hours_per_week) AS hours FROM person;

-- answer: RARE_CONSTANT · everyone but the one, the second of two
SELECT COUNT(*) AS persons, SUM(hours_per_week) AS hours FROM person
WHERE native_country <> 'Holand-Netherlands';

-- answer: UNKNOWN_NAME · a hidden column
SELECT AVG(fnlwgt) FROM person;
