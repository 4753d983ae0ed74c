-- family: difference of two answers, by naming everybody else
-- expect: released
SELECT SUM(wage) FROM person;
-- expect: OVERLAPS_EARLIER_ANSWER
SELECT SUM(wage) FROM person WHERE country IN ('Bohemia', 'Cathay');
