-- family: difference of two answers, by LIKE and ranges of text
-- expect: released
SELECT SUM(wage) FROM person;
-- expect: OVERLAPS_EARLIER_ANSWER
SELECT SUM(wage) FROM person WHERE country NOT LIKE 'Atl%';
-- expect: OVERLAPS_EARLIER_ANSWER
SELECT SUM(wage) FROM person WHERE country > 'Az';
-- expect: OVERLAPS_EARLIER_ANSWER
SELECT SUM(wage) FROM person WHERE country LIKE '%' OR country LIKE 'x%';
