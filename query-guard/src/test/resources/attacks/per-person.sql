-- family: values put together person by person, one of whom owns nearly all rows
-- expect: SUBJECT_NOT_USABLE
SELECT n, COUNT(*) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t GROUP BY n;
-- expect: SUBJECT_NOT_USABLE
SELECT MAX(n) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t;
-- expect: SUBJECT_NOT_USABLE
SELECT STDDEV(n), AVG(n) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t;
-- expect: SUBJECT_NOT_USABLE
SELECT COUNT(*) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id HAVING COUNT(*) > 100) t;
-- expect: SUBJECT_NOT_USABLE
SELECT COUNT(*) FILTER (WHERE n > 100) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t;
-- expect: SUBJECT_NOT_USABLE
SELECT SUM(n * n) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t;
-- expect: NOTHING_RELEASABLE
SELECT SUM(n) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t;
-- expect: SUBQUERY
SELECT COUNT(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id);
-- expect: SUBQUERY
SELECT COUNT(*) FROM person WHERE id NOT IN (SELECT id FROM visit);
-- expect: RARE_CONSTANT
SELECT COUNT(*) FROM person WHERE id IN (SELECT id FROM visit WHERE clinic = 'spa');
-- expect: COLUMN_NOT_FILTERABLE
SELECT COUNT(*) FROM person p WHERE EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id AND v.cost > 200);
-- expect: JOIN_FANS_OUT
SELECT AVG(wage) FROM person p WHERE EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id);
