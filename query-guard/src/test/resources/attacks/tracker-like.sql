-- family: difference of two answers, by LIKE and ranges of text
-- expect: released
SELECT SUM(wage) FROM person;
-- expect: same as 1
SELECT SUM(wage) FROM person WHERE country NOT LIKE 'Atl%';
-- expect: same as 1
SELECT SUM(wage) FROM person WHERE country > 'Az';
-- expect: same as 1
SELECT SUM(wage) FROM person WHERE country LIKE '%' OR country LIKE 'x%';
-- expect: same as 1
SELECT SUM(wage) FROM person WHERE country LIKE '%ia' OR country LIKE 'Cat%';
