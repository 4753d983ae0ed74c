-- How many calls of verification services a day a grant allows; NULL where the node's own quota is enough.
ALTER TABLE applications ADD COLUMN calls_per_day BIGINT;
ALTER TABLE data_grants ADD COLUMN calls_per_day BIGINT;
