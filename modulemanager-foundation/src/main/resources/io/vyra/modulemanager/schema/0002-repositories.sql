-- Repositories, as configured: placeholders stay unresolved. Owned by the catalog package.
CREATE TABLE repository (
    repository_id    TEXT PRIMARY KEY,
    name             TEXT NOT NULL,
    url              TEXT NOT NULL,
    priority         INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 1000),
    enabled          INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    description      TEXT NOT NULL,
    api_key          TEXT,
    cert_fingerprint TEXT
) STRICT;
