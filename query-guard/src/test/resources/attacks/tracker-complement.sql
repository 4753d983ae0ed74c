-- family: difference of two answers, by naming everybody else
-- expect: released
SELECT SUM(wage) FROM person;
-- expect: same as 1
SELECT SUM(wage) FROM person WHERE country IN ('Bohemia', 'Cathay');
