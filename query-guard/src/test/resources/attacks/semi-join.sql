-- family: difference by one person, who alone went to the spa, through conditions on another table
-- expect: released
SELECT COUNT(*) FROM person p WHERE EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id);
-- expect: same as 1
SELECT COUNT(*) FROM person WHERE id IN (SELECT id FROM visit WHERE clinic IN ('north', 'south'));
-- expect: same as 1
SELECT COUNT(DISTINCT id) FROM visit WHERE clinic <> 'north' OR clinic = 'north';
-- expect: same as 1
SELECT COUNT(*) FROM (SELECT id, COUNT(*) AS n FROM visit WHERE clinic IN ('north', 'south') GROUP BY id) t;
-- expect: same as 1
SELECT COUNT(DISTINCT v.id) FROM person p LEFT JOIN visit v ON p.id = v.id AND v.clinic IN ('north', 'south');
