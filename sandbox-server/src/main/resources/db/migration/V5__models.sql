-- Which models were registered, and whether a reviewer let them be used. A model is its name and version; the digests say
-- which very file and declaration. The history is only ever added to.
CREATE TABLE models (
    name               VARCHAR(64)  NOT NULL,
    version            INTEGER      NOT NULL,
    declaration_sha256 VARCHAR(64)  NOT NULL,
    file_sha256        VARCHAR(64)  NOT NULL,
    status             VARCHAR(16)  NOT NULL CHECK (status IN ('REGISTERED', 'APPROVED', 'REFUSED', 'SUSPENDED')),
    policy_revision    VARCHAR(512) NOT NULL,
    by_organisation    VARCHAR(18)  NOT NULL,
    by_operator        VARCHAR(64)  NOT NULL,
    registered_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (name, version),
    FOREIGN KEY (by_organisation, by_operator) REFERENCES operators (organisation, operator)
);

CREATE TABLE model_changes (
    name            VARCHAR(64)   NOT NULL,
    version         INTEGER       NOT NULL,
    seq             INTEGER       NOT NULL,
    from_status     VARCHAR(16)   NOT NULL,
    to_status       VARCHAR(16)   NOT NULL,
    policy_revision VARCHAR(512)  NOT NULL,
    by_organisation VARCHAR(18)   NOT NULL,
    by_operator     VARCHAR(64)   NOT NULL,
    changed_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason          VARCHAR(4000) NOT NULL,
    PRIMARY KEY (name, version, seq),
    FOREIGN KEY (name, version) REFERENCES models (name, version)
);
