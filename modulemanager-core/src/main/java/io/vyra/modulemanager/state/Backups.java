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
            Files.createDirectories(backupFolder);
            Path file = backupFolder.resolve("state-" + STAMP.format(clock.instant()) + ".db");
            database.backupTo(file);
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
            FolderSync.sync(file);
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
            Files.createDirectories(stateFolder);
            Files.createDirectories(backupFolder);
            Path incoming = stateFolder.resolve("incoming.db");
            Files.copy(copy, incoming, StandardCopyOption.REPLACE_EXISTING);
            FolderSync.sync(incoming);
            Path present = stateFolder.resolve("modulemanager.db");
            if (Files.exists(present)) {
                Path aside = backupFolder.resolve("replaced-" + STAMP.format(clock.instant()) + ".db");
                copyDatabase(present, aside);
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

    /** Through SQLite, so that what still lies in the write-ahead log is part of the copy. */
    private static void copyDatabase(Path from, Path to) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + from);
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + to.toString().replace("'", "''") + "'");
        }
    }

    private static void check(Path copy) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            if (!result.next() || !result.getString(1).equals("ok")) {
                throw new StateException("The backup " + copy + " is damaged. Use another one; nothing was changed.");
            }
        } catch (SQLException e) {
            throw new StateException(
                    "The backup " + copy + " is no database of the module manager: " + e.getMessage()
                            + ". Nothing was changed.",
                    e);
        }
    }
}
