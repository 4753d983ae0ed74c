-- family: rows instead of persons, 300 visits of one person
-- expect: absent spa
SELECT clinic, COUNT(*), SUM(cost) FROM visit GROUP BY clinic;
-- expect: RARE_CONSTANT
SELECT COUNT(*) FROM visit WHERE clinic = 'spa';
-- expect: SET_OPERATION
SELECT COUNT(*) FROM (SELECT id FROM visit UNION ALL SELECT id FROM person) AS padded;
-- expect: JOIN_FANS_OUT
SELECT SUM(wage) FROM person JOIN visit ON person.id = visit.id;
