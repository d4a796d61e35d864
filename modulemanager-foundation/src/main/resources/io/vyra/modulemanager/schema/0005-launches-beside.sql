-- A new version may run beside the old one until it has proved itself. Then there are two launches of a module: "generation" names the
-- one that counts, "launched" is the greatest there ever was, and the one beside has a token of its own.
ALTER TABLE module ADD COLUMN launched INTEGER NOT NULL DEFAULT 0;

CREATE TABLE module_token_beside (
    module_id  TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    issued_at  INTEGER NOT NULL
) STRICT;
