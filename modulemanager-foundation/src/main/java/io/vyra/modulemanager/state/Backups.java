package io.vyra.modulemanager.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Consistent copies of the state, and their way back at a start.
 *
 * <p>A restore happens only before the database is opened: {@link #restore} checks the copy, puts the present state aside, and puts
 * the copy in its place by a rename, so that a crash leaves the one or the other.
 */
public final class Backups {
    private static final Logger LOG = Logger.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path stateFolder;
    private final Path backupFolder;
    private final InstantSource clock;

    public Backups(Path data, InstantSource clock) {
        this.stateFolder = stateFolder(data);
        this.backupFolder = data.resolve("backups");
        this.clock = clock;
    }

    public static Path stateFolder(Path data) {
        return data.resolve("state");
    }

    /** Writes a copy of the running state; returns the file, readable by the manager's user only. */
    public Path take(Database database) {
        try {
            FolderSync.makePrivate(backupFolder);
            Path file = backupFolder.resolve("state-" + STAMP.format(clock.instant()) + ".db");
            Path partial = backupFolder.resolve(file.getFileName() + ".partial");
            try {
                Files.deleteIfExists(partial);
                database.backupTo(partial);
                partial.toFile().setReadable(false, false);
                partial.toFile().setReadable(true, true);
                FolderSync.sync(partial);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
            FolderSync.sync(backupFolder);
            return file;
        } catch (IOException e) {
            throw new StateException(
                    "The state could not be copied to " + backupFolder + ": " + e.getMessage()
                            + ". Check its free space and permissions.",
                    e);
        }
    }

    /** @throws StateException when the copy is damaged or of a newer release; nothing was changed then */
    public void restore(Path copy) {
        try {
            if (!Files.isRegularFile(copy)) {
                throw new StateException(
                        "The backup " + copy + " does not exist. Name a file that POST /system/backup wrote.");
            }
            check(copy);
            FolderSync.makePrivate(stateFolder);
            FolderSync.makePrivate(backupFolder);
            Path incoming = stateFolder.resolve("incoming.db");
            Files.copy(copy, incoming, StandardCopyOption.REPLACE_EXISTING);
            FolderSync.sync(incoming);
            Path present = stateFolder.resolve("modulemanager.db");
            if (Files.exists(present)) {
                Path aside = backupFolder.resolve("replaced-" + STAMP.format(clock.instant()) + ".db");
                setAside(present, aside);
                FolderSync.sync(aside);
                FolderSync.sync(backupFolder);
            }
            // The write-ahead log belongs to the replaced database and would be applied to the new one.
            Files.deleteIfExists(stateFolder.resolve("modulemanager.db-wal"));
            Files.deleteIfExists(stateFolder.resolve("modulemanager.db-shm"));
            Files.move(incoming, present, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FolderSync.sync(stateFolder);
            LOG.infof("State restored from=%s", copy);
        } catch (IOException | SQLException e) {
            throw new StateException("The backup " + copy + " could not be restored: " + e.getMessage(), e);
        }
    }

    /** A damaged state is what a restore is for: where SQLite cannot copy it, its bytes are kept as they are. */
    private static void setAside(Path present, Path aside) throws IOException {
        try {
            copyDatabase(present, aside);
        } catch (SQLException e) {
            LOG.warnf("Replaced state is damaged, its bytes are kept file=%s cause=%s", aside, e.getMessage());
            Files.copy(present, aside, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Through SQLite, so that what still lies in the write-ahead log is part of the copy. */
    private static void copyDatabase(Path from, Path to) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + from);
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + to.toString().replace("'", "''") + "'");
        }
    }

    private static boolean hasModules(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'module'")) {
            return result.next();
        }
    }

    private static void check(Path copy) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            if (!result.next() || !result.getString(1).equals("ok")) {
                throw new StateException("The backup " + copy + " is damaged. Use another one; nothing was changed.");
            }
            int version = Migrations.version(connection);
            if (version > Migrations.newest()) {
                throw new StateException("The backup " + copy + " has schema version " + version
                        + ", this release knows " + Migrations.newest()
                        + " at most. Restore it with the newer release that wrote it; nothing was changed.");
            }
            // An empty file is a sound database to SQLite, and restoring it would forget every module.
            if (version < 1 || !hasModules(connection)) {
                throw new StateException("The backup " + copy
                        + " is no database of the module manager. Name a file that POST /system/backup wrote; nothing was"
                        + " changed.");
            }
        } catch (SQLException e) {
            throw new StateException(
                    "The backup " + copy + " is no database of the module manager: " + e.getMessage()
                            + ". Nothing was changed.",
                    e);
        }
    }
}
