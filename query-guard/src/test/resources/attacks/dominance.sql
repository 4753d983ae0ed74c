-- family: dominance, one person owes nearly all of it
-- expect: NOTHING_RELEASABLE
SELECT SUM(debt) FROM person;
-- expect: NOTHING_RELEASABLE
SELECT AVG(debt) FROM person;
