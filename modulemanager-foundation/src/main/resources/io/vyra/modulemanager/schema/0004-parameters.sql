-- What users changed of modules' parameters. Owned by the bus package. before_values and after_values: JSON objects, key to value; a key without a value
-- in before_values was not there.
CREATE TABLE parameter_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    module_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    before_values TEXT NOT NULL,
    after_values TEXT NOT NULL
) STRICT;
CREATE INDEX parameter_change_of_module ON parameter_change (module_id, id);
