-- What the limits against probing remember. Cells, items and counters are keyed tokens; sketches tell only likeness.
CREATE TABLE probe_entries (
    cell   VARCHAR(64) NOT NULL,
    item   VARCHAR(64) NOT NULL,
    sketch VARCHAR(32) NOT NULL,
    met_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (cell, item)
);
CREATE INDEX probe_entries_by_age ON probe_entries (met_at);

CREATE TABLE probe_tallies (
    counter VARCHAR(64) NOT NULL PRIMARY KEY,
    bucket  BIGINT      NOT NULL,
    total   BIGINT      NOT NULL
);

-- Identities that are nobody's, by their subject tokens.
CREATE TABLE canary_subjects (
    subject VARCHAR(64) NOT NULL PRIMARY KEY
);
