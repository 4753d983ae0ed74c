-- Requests that came within the window, by keyed tokens of their nonces: none is taken twice. Swept as the window moves on.
CREATE TABLE request_nonces (
    token   VARCHAR(64) NOT NULL PRIMARY KEY,
    sent_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX request_nonces_by_age ON request_nonces (sent_at);
