-- How many items of private checks a day a grant allows; 0 where it allows none.
ALTER TABLE applications ADD COLUMN private_items_per_day BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE data_grants ADD COLUMN private_items_per_day BIGINT DEFAULT 0 NOT NULL;
