-- family: errors as answers
-- expect: released
SELECT school, COUNT(*) / (COUNT(*) - COUNT(*)) FROM person GROUP BY school;
-- expect: released
SELECT COUNT(*) FROM person WHERE CASE WHEN school = 'high' THEN CAST(school AS INTEGER) ELSE 1 END = 1;
-- expect: released
SELECT CAST(school AS INTEGER) AS n, COUNT(*) FROM person GROUP BY CAST(school AS INTEGER);
