package io.vyra.modulemanager.state;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The manager's durable state in one SQLite file (WAL, {@code synchronous=FULL}: a committed transaction survives a power loss).
 *
 * <p>Thread-safe. Writes are serialised on one connection, reads on another, so that a reader never waits for an fsync.
 * When the disk is full the {@link DiskReserve} is given up, so that what must still work (stop, remove) has room for its journal.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final Path file;
    private final DiskReserve reserve;
    private final Connection writer;
    private final Connection reader;
    private final ReentrantLock writeLock = new ReentrantLock();
    private final ReentrantLock readLock = new ReentrantLock();

    private Database(Path file, DiskReserve reserve, Connection writer, Connection reader) {
        this.file = file;
        this.reserve = reserve;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Makes SQLite load its native library from a folder, for the whole process; where the folder has none, it is unpacked into the
     * temporary folder instead. To be called before anything is opened.
     */
    public static void useLibraryIn(Path folder) {
        System.setProperty("org.sqlite.lib.path", folder.toString());
    }

    /**
     * Opens the database in {@code folder}, which is created when missing, and brings its schema up to date. The reserve is as it was
     * left: {@link #ensureReserve} takes it.
     *
     * @throws StateException when the file is damaged, locked by another manager, or was written by a newer release
     */
    public static Database open(Path folder) {
        Path file = folder.resolve("modulemanager.db");
        try {
            // Keys of repositories and hashes of passwords lie here; modules may run as other users.
            FolderSync.makePrivate(folder);
            Connection writer = connect(file);
            try {
                new Migrations(file).bringUpToDate(writer);
                return new Database(file, DiskReserve.in(folder), writer, connect(file));
            } catch (SQLException | IOException | RuntimeException e) {
                close(writer, e);
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new StateException(
                    "The state in " + file + " could not be opened: " + e.getMessage()
                            + ". Check that the folder is writable and has free space, or restore a backup with --restore FILE.",
                    e);
        }
    }

    private static void close(Connection connection, Exception cause) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /**
     * Runs {@code work} in a write transaction. When this returns, the outcome is on the disk.
     *
     * @throws StateException when the database refuses; nothing was changed then
     */
    public <T> T write(Transaction<T> work) {
        writeLock.lock();
        try {
            return runInTransaction(work);
        } catch (SQLException e) {
            if (!isDiskFull(e) || !reserve.giveUp()) {
                throw failure(e);
            }
            LOG.warnf("Disk full, reserve given up file=%s", file);
            try {
                return runInTransaction(work);
            } catch (SQLException again) {
                throw failure(again);
            }
        } finally {
            writeLock.unlock();
        }
    }

    private <T> T runInTransaction(Transaction<T> work) throws SQLException {
        writer.setAutoCommit(false);
        T result;
        try {
            result = work.run(writer);
            writer.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
        writer.setAutoCommit(true);
        return result;
    }

    /** What fails here must not hide the cause: SQLite may have rolled back by itself, as it does on a full disk. */
    private void rollBack(Throwable cause) {
        try {
            writer.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        try {
            writer.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Runs {@code work} on a consistent view of the last committed state.
     *
     * @throws StateException when the database refuses
     */
    public <T> T read(Transaction<T> work) {
        readLock.lock();
        try {
            return work.run(reader);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            readLock.unlock();
        }
    }

    /** Takes the reserve if it is not held and there is room; called after the start, which need not wait for it, and from time to time. */
    public void ensureReserve() {
        reserve.ensure();
    }

    /** True while there is no reserve: given up because the disk was full, or not taken yet. */
    public boolean isReserveGivenUp() {
        return reserve.isGivenUp();
    }

    /**
     * Writes a consistent copy of the whole database while everything goes on.
     *
     * @param target must not exist
     */
    public void backupTo(Path target) {
        read(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM INTO '" + target.toString().replace("'", "''") + "'");
                return null;
            }
        });
    }

    public Path file() {
        return file;
    }

    private static boolean isDiskFull(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE);
    }

    private StateException failure(SQLException e) {
        return new StateException(
                "The state in " + file + " could not be used: " + e.getMessage()
                        + (isDiskFull(e) ? ". Free space on its disk and try again." : ""),
                e,
                isDiskFull(e));
    }

    @Override
    public void close() {
        writeLock.lock();
        readLock.lock();
        try {
            reader.close();
            writer.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            readLock.unlock();
            writeLock.unlock();
        }
    }
}
