package io.vyra.modulemanager.instance;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.state.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The durable list of versions that lie on disk. Thread-safe. */
public final class InstalledVersions {
    private final Database database;

    public InstalledVersions(Database database) {
        this.database = database;
    }

    /** Adds or replaces the row of one version. */
    public void put(ModuleId id, VersionRecord version) {
        database.write(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    INSERT OR REPLACE INTO module_version
                        (module_id, version, repository, checksum, bytes, installed_at, pinned)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
                statement.setString(1, id.toString());
                statement.setString(2, version.version());
                statement.setString(3, version.repository().orElse(null));
                statement.setString(4, version.checksum().orElse(null));
                statement.setLong(5, version.bytes());
                statement.setLong(6, version.installedAt().toEpochMilli());
                statement.setInt(7, version.pinned() ? 1 : 0);
                return statement.executeUpdate();
            }
        });
    }

    /** Forgets one version; idempotent. */
    public void delete(ModuleId id, String version) {
        database.write(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM module_version WHERE module_id = ? AND version = ?")) {
                statement.setString(1, id.toString());
                statement.setString(2, version);
                return statement.executeUpdate();
            }
        });
    }

    /** Versions of one module, newest install first. */
    public List<VersionRecord> of(ModuleId id) {
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT * FROM module_version WHERE module_id = ? ORDER BY installed_at DESC, version DESC")) {
                statement.setString(1, id.toString());
                List<VersionRecord> found = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(new VersionRecord(
                                row.getString("version"),
                                Optional.ofNullable(row.getString("repository")),
                                Optional.ofNullable(row.getString("checksum")),
                                row.getLong("bytes"),
                                Instant.ofEpochMilli(row.getLong("installed_at")),
                                row.getInt("pinned") == 1));
                    }
                }
                return found;
            }
        });
    }
}
