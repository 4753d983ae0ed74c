-- Query templates: what was submitted, what was found of it, what people decided. One text for H2 and PostgreSQL.
CREATE TABLE query_templates (
    id              VARCHAR(64)    NOT NULL PRIMARY KEY,
    version         INTEGER        NOT NULL,
    status          VARCHAR(16)    NOT NULL CHECK (status IN ('ASSESSED', 'APPROVED', 'REFUSED', 'SUSPENDED')),
    zone            VARCHAR(64)    NOT NULL,
    title           VARCHAR(200)   NOT NULL,
    sql_text        VARCHAR(20000) NOT NULL,
    organisation    VARCHAR(18)    NOT NULL REFERENCES organisations (code),
    submitted_by    VARCHAR(64)    NOT NULL,
    submitted_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    -- What the last assessment, and so every approval after it, rests on.
    schema_digest   VARCHAR(64)    NOT NULL,
    policy_revision VARCHAR(200)   NOT NULL,
    edition         VARCHAR(64)    NOT NULL,
    bindings        VARCHAR(200)   NOT NULL,
    tried           INTEGER        NOT NULL,
    depth           VARCHAR(16)    NOT NULL CHECK (depth IN ('PLANNED', 'REHEARSED')),
    answered        INTEGER        NOT NULL,
    groups_withheld INTEGER        NOT NULL,
    touched_fewest  BIGINT,
    touched_most    BIGINT,
    smallest_group  BIGINT,
    epsilon_per_run VARCHAR(64),
    budget_runs     BIGINT,
    FOREIGN KEY (organisation, submitted_by) REFERENCES operators (organisation, operator)
);
CREATE INDEX query_templates_by_zone ON query_templates (zone, organisation);

CREATE TABLE query_template_parameters (
    template_id VARCHAR(64)  NOT NULL REFERENCES query_templates (id),
    seq         INTEGER      NOT NULL,
    name        VARCHAR(32)  NOT NULL,
    type        VARCHAR(32)  NOT NULL,
    PRIMARY KEY (template_id, seq)
);

CREATE TABLE query_template_values (
    template_id VARCHAR(64)  NOT NULL,
    seq         INTEGER      NOT NULL,
    kind        VARCHAR(8)   NOT NULL CHECK (kind IN ('RANGE', 'VALUE')),
    place       INTEGER      NOT NULL,
    item        VARCHAR(200) NOT NULL,
    PRIMARY KEY (template_id, seq, kind, place),
    FOREIGN KEY (template_id, seq) REFERENCES query_template_parameters (template_id, seq)
);

CREATE TABLE query_template_findings (
    template_id VARCHAR(64) NOT NULL REFERENCES query_templates (id),
    version     INTEGER     NOT NULL,
    reason      VARCHAR(64) NOT NULL,
    bindings    INTEGER     NOT NULL,
    PRIMARY KEY (template_id, version, reason)
);

CREATE TABLE query_template_steps (
    template_id     VARCHAR(64)   NOT NULL REFERENCES query_templates (id),
    version         INTEGER       NOT NULL,
    step            VARCHAR(16)   NOT NULL CHECK (step IN ('SUBMIT', 'ASSESS', 'APPROVE', 'REFUSE', 'SUSPEND')),
    by_organisation VARCHAR(18)   NOT NULL,
    by_operator     VARCHAR(64)   NOT NULL,
    taken_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reasons         VARCHAR(4000) NOT NULL,
    PRIMARY KEY (template_id, version)
);
