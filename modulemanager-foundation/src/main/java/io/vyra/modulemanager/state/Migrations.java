package io.vyra.modulemanager.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings a database's schema up to date with numbered SQL scripts.
 *
 * <p>The schema's version is SQLite's {@code user_version}. A newer one than this release knows is refused; an older one is first
 * copied to {@code modulemanager-v{version}.db}, then migrated in one transaction.
 */
final class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);

    /** In order; the position is the schema version after the script. Never change a released script. */
    private static final List<String> SCRIPTS = List.of(
            "0001-modules.sql",
            "0002-repositories.sql",
            "0003-access.sql",
            "0004-parameters.sql",
            "0005-launches-beside.sql");

    private final Path file;

    Migrations(Path file) {
        this.file = file;
    }

    void bringUpToDate(Connection connection) throws SQLException, IOException {
        int present = version(connection);
        if (present > SCRIPTS.size()) {
            throw new StateException("The state in " + file + " has schema version " + present + ", this release knows "
                    + SCRIPTS.size() + " at most. Run the newer release that wrote it, or restore an older backup.");
        }
        if (present == SCRIPTS.size()) {
            return;
        }
        if (present > 0) {
            backUp(connection, present);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (int next = present; next < SCRIPTS.size(); next++) {
                // All of a script's statements in one call, which execute() would not take.
                statement.executeUpdate(text(SCRIPTS.get(next)));
            }
            statement.execute("PRAGMA user_version = " + SCRIPTS.size());
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
        connection.setAutoCommit(true);
        LOG.infof("Schema migrated file=%s from=%d to=%d", file, present, SCRIPTS.size());
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void backUp(Connection connection, int version) throws SQLException, IOException {
        Path copy = file.resolveSibling("modulemanager-v" + version + ".db");
        Files.deleteIfExists(copy);
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        }
        // VACUUM INTO does not sync, and the migration must not be durable before the way back is.
        FolderSync.sync(copy);
        FolderSync.sync(copy.toAbsolutePath().getParent());
        LOG.infof("Schema backed up file=%s version=%d copy=%s", file, version, copy);
    }

    static int newest() {
        return SCRIPTS.size();
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static String text(String script) throws IOException {
        try (InputStream in = Migrations.class.getResourceAsStream("/io/vyra/modulemanager/schema/" + script)) {
            if (in == null) {
                throw new IOException("the schema script " + script + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
