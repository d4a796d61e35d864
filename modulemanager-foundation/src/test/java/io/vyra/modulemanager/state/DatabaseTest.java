package io.vyra.modulemanager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void shouldSurviveAPowerLossByItsSettings() {
        try (Database database = Database.open(folder)) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).as("FULL").isEqualTo("2");
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
            assertThat(database.<String>write(connection -> single(connection, "PRAGMA synchronous")))
                    .isEqualTo("2");
        }
    }

    @Test
    void shouldKeepStrangersOutOfTheFolder() throws IOException {
        try (Database database = Database.open(folder.resolve("state"))) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(database.file().getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void shouldChangeNothingWhenTheWorkFails() {
        try (Database database = Database.open(folder)) {
            SettingStore settings = new SettingStore(database);

            assertThatThrownBy(() -> database.write(connection -> {
                        insert(connection, "a", "1");
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> database.write(connection -> {
                        insert(connection, "b", "1");
                        throw new AssertionError("not even then");
                    }))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> database.write(connection -> {
                        insert(connection, "c", "1");
                        insert(connection, "c", "2");
                        return null;
                    }))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("modulemanager.db");

            assertThat(settings.find("a")).isEmpty();
            assertThat(settings.find("b")).isEmpty();
            assertThat(settings.find("c")).isEmpty();
            assertThat(settings.findOrMake("d", () -> "still works")).isEqualTo("still works");
        }
    }

    @Test
    void shouldKeepASettingThatWasMadeOnce() {
        try (Database database = Database.open(folder)) {
            assertThat(new SettingStore(database).findOrMake("id", () -> "first"))
                    .isEqualTo("first");
        }
        try (Database database = Database.open(folder)) {
            assertThat(new SettingStore(database).findOrMake("id", () -> "second"))
                    .isEqualTo("first");
        }
    }

    @Test
    void shouldGiveUpItsReserveOnAFullDiskSoThatASmallWriteStillWorks() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 12);
                Database database = Database.open(disk.folder().resolve("state"))) {
            SettingStore settings = new SettingStore(database);
            settings.findOrMake("before", () -> "1");
            database.ensureReserve();
            assertThat(database.isReserveGivenUp()).isFalse();
            Path ballast = disk.fill(0);

            for (int i = 0; i < 20; i++) {
                settings.findOrMake("small" + i, () -> "x".repeat(8_000));
            }

            assertThat(database.isReserveGivenUp()).isTrue();
            assertThat(settings.find("small19")).isPresent();
            database.ensureReserve();
            assertThat(database.isReserveGivenUp()).as("no room yet").isTrue();
            Files.delete(ballast);
            database.ensureReserve();
            assertThat(database.isReserveGivenUp()).isFalse();
        }
    }

    @Test
    void shouldSayThatTheDiskIsFullAndWorkAgainOnceItIsNot() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), 12);
                Database database = Database.open(disk.folder().resolve("state"))) {
            SettingStore settings = new SettingStore(database);
            database.ensureReserve();
            disk.fill(0);

            assertThatThrownBy(() -> settings.findOrMake("large", () -> "x".repeat(9 << 20)))
                    .isInstanceOfSatisfying(
                            StateException.class,
                            e -> assertThat(e.isDiskFull()).isTrue())
                    .hasMessageContaining("Free space");

            assertThat(settings.find("large")).isEmpty();
            assertThat(settings.findOrMake("small", () -> "1")).isEqualTo("1");
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoDatabase() throws IOException {
        Files.writeString(folder.resolve("modulemanager.db"), "this is text, and quite a lot of it".repeat(100));

        assertThatThrownBy(() -> Database.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("--restore FILE");
    }

    private static String pragma(Database database, String name) {
        return database.read(connection -> single(connection, "PRAGMA " + name));
    }

    static String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    static Connection raw(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void insert(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO setting (name, value) VALUES (?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }
}
