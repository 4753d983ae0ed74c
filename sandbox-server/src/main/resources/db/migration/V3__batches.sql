-- What was answered in batches, so that a row sent again costs nothing. Books are keyed tokens, pages are sealed.
CREATE TABLE batch_pages (
    book    VARCHAR(64) NOT NULL,
    number  BIGINT      NOT NULL,
    trace   VARCHAR(32) NOT NULL,
    sealed  BYTEA       NOT NULL,
    kept_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (book, number)
);
CREATE INDEX batch_pages_by_trace ON batch_pages (trace);
CREATE INDEX batch_pages_by_age ON batch_pages (kept_at);
