-- What is installed, what is wanted, and what happened. Times are milliseconds since 1970 UTC.
CREATE TABLE module (
    module_id        TEXT PRIMARY KEY,
    name             TEXT NOT NULL,
    alias            TEXT UNIQUE,
    desired_state    TEXT NOT NULL CHECK (desired_state IN ('running', 'stopped', 'suspended', 'removed')),
    current_version  TEXT,
    previous_version TEXT,
    is_primary       INTEGER NOT NULL DEFAULT 0,
    pinned           INTEGER NOT NULL DEFAULT 0,
    generation       INTEGER NOT NULL DEFAULT 0,
    launch           TEXT NOT NULL DEFAULT 'none' CHECK (launch IN ('none', 'intended')),
    revision         INTEGER NOT NULL DEFAULT 1,
    restarts         INTEGER NOT NULL DEFAULT 0,
    installed_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX module_by_name ON module (name);

CREATE TABLE module_version (
    module_id    TEXT NOT NULL REFERENCES module (module_id) ON DELETE CASCADE,
    version      TEXT NOT NULL,
    repository   TEXT,
    checksum     TEXT,
    bytes        INTEGER NOT NULL,
    installed_at INTEGER NOT NULL,
    pinned       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (module_id, version)
) STRICT;

CREATE TABLE transition (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    module_id TEXT NOT NULL,
    at        INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    target    TEXT NOT NULL,
    cause     TEXT NOT NULL
) STRICT;
CREATE INDEX transition_by_module ON transition (module_id, id);

CREATE TABLE exit_record (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    module_id TEXT NOT NULL,
    at        INTEGER NOT NULL,
    evidence  TEXT NOT NULL
) STRICT;
CREATE INDEX exit_record_by_module ON exit_record (module_id, id);

CREATE TABLE operation (
    id               TEXT PRIMARY KEY,
    kind             TEXT NOT NULL,
    module_id        TEXT NOT NULL,
    status           TEXT NOT NULL,
    request          TEXT NOT NULL,
    context          TEXT NOT NULL,
    cause            TEXT NOT NULL,
    created_by       TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    started_at       INTEGER,
    deadline         INTEGER NOT NULL,
    ended_at         INTEGER,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    undoing          INTEGER NOT NULL DEFAULT 0,
    problem          TEXT
) STRICT;
CREATE INDEX operation_by_module ON operation (module_id, created_at);
CREATE INDEX operation_by_status ON operation (status, created_at);

CREATE TABLE operation_step (
    operation_id TEXT NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    step_id      TEXT NOT NULL,
    title        TEXT NOT NULL,
    status       TEXT NOT NULL,
    percent      INTEGER NOT NULL DEFAULT 0,
    started_at   INTEGER,
    ended_at     INTEGER,
    detail       TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (operation_id, position)
) STRICT;

CREATE TABLE idempotency_key (
    key          TEXT NOT NULL,
    caller       TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (key, caller)
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
