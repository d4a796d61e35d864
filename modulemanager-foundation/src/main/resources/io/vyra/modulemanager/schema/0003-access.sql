-- Users, sessions and module tokens. Owned by the access package. Of a token only its SHA-256 is kept.
CREATE TABLE account (
    username             TEXT PRIMARY KEY,
    role                 TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'developer', 'admin')),
    password_hash        TEXT NOT NULL,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    created_at           INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    username   TEXT NOT NULL REFERENCES account (username) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (username);

CREATE TABLE module_token (
    module_id  TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    issued_at  INTEGER NOT NULL
) STRICT;
