-- Declarations and files of registered models, sealed, found by what they are: the same bytes are kept once.
CREATE TABLE model_files (
    declaration_sha256 VARCHAR(64) NOT NULL,
    file_sha256        VARCHAR(64) NOT NULL,
    sealed             BYTEA       NOT NULL,
    PRIMARY KEY (declaration_sha256, file_sha256)
);
