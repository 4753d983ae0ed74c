-- Control data of a node: who, what can be applied for, applications, grants.
-- One text for H2 and PostgreSQL: standard SQL only. History tables are only ever added to.

CREATE TABLE organisations (
    code      VARCHAR(18)  NOT NULL PRIMARY KEY,
    name      VARCHAR(200) NOT NULL,
    kind      VARCHAR(32)  NOT NULL CHECK (kind IN ('AGENCY', 'DATA_AUTHORITY', 'INDUSTRY_AUTHORITY')),
    region    VARCHAR(6)   NOT NULL,
    standing  VARCHAR(16)  NOT NULL CHECK (standing IN ('ENABLED', 'DISABLED'))
);
CREATE INDEX organisations_by_region ON organisations (region, kind);

CREATE TABLE operators (
    organisation VARCHAR(18)  NOT NULL REFERENCES organisations (code),
    operator     VARCHAR(64)  NOT NULL,
    display_name VARCHAR(200) NOT NULL,
    standing     VARCHAR(16)  NOT NULL CHECK (standing IN ('ENABLED', 'DISABLED')),
    PRIMARY KEY (organisation, operator)
);

CREATE TABLE operator_roles (
    organisation VARCHAR(18) NOT NULL,
    operator     VARCHAR(64) NOT NULL,
    role         VARCHAR(32) NOT NULL,
    PRIMARY KEY (organisation, operator, role),
    FOREIGN KEY (organisation, operator) REFERENCES operators (organisation, operator)
);

CREATE TABLE catalogue_resources (
    kind              VARCHAR(16)   NOT NULL CHECK (kind IN ('PRODUCT', 'ZONE')),
    name              VARCHAR(64)   NOT NULL,
    title_zh          VARCHAR(200)  NOT NULL,
    title_en          VARCHAR(200)  NOT NULL,
    provider          VARCHAR(18)   NOT NULL REFERENCES organisations (code),
    library           VARCHAR(16)   NOT NULL,
    content_authority VARCHAR(18)   NOT NULL REFERENCES organisations (code),
    sharing           VARCHAR(16)   NOT NULL,
    sharing_basis     VARCHAR(4000) NOT NULL,
    grade             VARCHAR(16)   NOT NULL,
    version           INTEGER       NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE catalogue_fields (
    kind     VARCHAR(16)  NOT NULL,
    name     VARCHAR(64)  NOT NULL,
    seq      INTEGER      NOT NULL,
    field    VARCHAR(200) NOT NULL,
    title_zh VARCHAR(200) NOT NULL,
    PRIMARY KEY (kind, name, seq),
    FOREIGN KEY (kind, name) REFERENCES catalogue_resources (kind, name)
);

CREATE TABLE applications (
    id                   VARCHAR(64)   NOT NULL PRIMARY KEY,
    version              INTEGER       NOT NULL,
    status               VARCHAR(32)   NOT NULL CHECK (status IN ('SUBMITTED', 'FORMALLY_APPROVED', 'FORMALLY_REFUSED',
                                                                  'APPROVED', 'REFUSED', 'WITHDRAWN')),
    due                  DATE,
    applicant            VARCHAR(18)   NOT NULL REFERENCES organisations (code),
    applicant_name       VARCHAR(200)  NOT NULL,
    applicant_kind       VARCHAR(32)   NOT NULL,
    applicant_region     VARCHAR(6)    NOT NULL,
    filed_by             VARCHAR(64)   NOT NULL,
    filed_at             TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    provider             VARCHAR(18)   NOT NULL,
    content_authority    VARCHAR(18)   NOT NULL,
    contact_name         VARCHAR(200)  NOT NULL,
    contact_phone        VARCHAR(200)  NOT NULL,
    contact_email        VARCHAR(200)  NOT NULL,
    system_name          VARCHAR(200)  NOT NULL,
    scenario             VARCHAR(4000) NOT NULL,
    legal_basis          VARCHAR(4000) NOT NULL,
    purpose              VARCHAR(32)   NOT NULL,
    purpose_text         VARCHAR(4000) NOT NULL,
    additional_agreement VARCHAR(4000) NOT NULL,
    technical_request    VARCHAR(4000) NOT NULL,
    valid_from           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    valid_until          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    commitment_version   VARCHAR(64)   NOT NULL,
    commitment_digest    VARCHAR(64)   NOT NULL,
    responsible_person   VARCHAR(200)  NOT NULL,
    grant_id             VARCHAR(64),
    FOREIGN KEY (applicant, filed_by) REFERENCES operators (organisation, operator)
);
CREATE INDEX applications_by_applicant ON applications (applicant, filed_at);
CREATE INDEX applications_by_status ON applications (status, filed_at);

CREATE TABLE application_items (
    application_id VARCHAR(64)  NOT NULL REFERENCES applications (id),
    kind           VARCHAR(16)  NOT NULL CHECK (kind IN ('PRODUCT', 'ZONE', 'FIELD', 'REGION')),
    seq            INTEGER      NOT NULL,
    item           VARCHAR(200) NOT NULL,
    PRIMARY KEY (application_id, kind, seq)
);

CREATE TABLE application_steps (
    application_id  VARCHAR(64)   NOT NULL REFERENCES applications (id),
    seq             INTEGER       NOT NULL,
    step            VARCHAR(32)   NOT NULL,
    by_organisation VARCHAR(18)   NOT NULL,
    by_operator     VARCHAR(64)   NOT NULL,
    taken_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reasons         VARCHAR(4000) NOT NULL,
    legal_basis     VARCHAR(4000) NOT NULL,
    PRIMARY KEY (application_id, seq)
);

-- One application leads to at most one grant: the database holds to it too.
CREATE TABLE data_grants (
    id             VARCHAR(64)   NOT NULL PRIMARY KEY,
    application_id VARCHAR(64)   NOT NULL UNIQUE REFERENCES applications (id),
    status         VARCHAR(16)   NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED', 'REVOKED')),
    organisation   VARCHAR(18)   NOT NULL REFERENCES organisations (code),
    scenario       VARCHAR(4000) NOT NULL,
    purpose        VARCHAR(32)   NOT NULL,
    not_before     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    not_after      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    issued_by      VARCHAR(18)   NOT NULL REFERENCES organisations (code),
    issued_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX data_grants_by_organisation ON data_grants (organisation, issued_at);

CREATE TABLE data_grant_items (
    grant_id VARCHAR(64)  NOT NULL REFERENCES data_grants (id),
    kind     VARCHAR(16)  NOT NULL CHECK (kind IN ('PRODUCT', 'ZONE', 'FIELD', 'REGION')),
    item     VARCHAR(200) NOT NULL,
    PRIMARY KEY (grant_id, kind, item)
);

CREATE TABLE data_grant_changes (
    grant_id        VARCHAR(64)   NOT NULL REFERENCES data_grants (id),
    seq             INTEGER       NOT NULL,
    from_status     VARCHAR(16)   NOT NULL,
    to_status       VARCHAR(16)   NOT NULL,
    by_organisation VARCHAR(18)   NOT NULL,
    by_operator     VARCHAR(64)   NOT NULL,
    changed_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason          VARCHAR(4000) NOT NULL,
    PRIMARY KEY (grant_id, seq)
);
