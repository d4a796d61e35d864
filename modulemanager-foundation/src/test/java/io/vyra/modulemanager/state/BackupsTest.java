package io.vyra.modulemanager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final InstantSource CLOCK = () -> Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path data;

    private Backups backups;

    @BeforeEach
    void begin() {
        backups = new Backups(data, CLOCK);
        set("before");
    }

    private Database open() {
        return Database.open(Backups.stateFolder(data));
    }

    private void set(String name) {
        try (Database database = open()) {
            new SettingStore(database).findOrMake(name, () -> "1");
        }
    }

    private boolean isSet(String name) {
        try (Database database = open()) {
            return new SettingStore(database).find(name).isPresent();
        }
    }

    private Path take() {
        try (Database database = open()) {
            return backups.take(database);
        }
    }

    @Test
    void shouldGoBackToWhatWasTakenAndKeepWhatItReplaces() throws IOException {
        Path copy = take();
        set("after");

        backups.restore(copy);

        assertThat(isSet("before")).isTrue();
        assertThat(isSet("after")).isFalse();
        assertThat(names(data.resolve("backups"))).hasSize(2).anyMatch(name -> name.startsWith("replaced-"));
        assertThat(names(Backups.stateFolder(data))).doesNotContain("incoming.db");
    }

    @Test
    void shouldLetOnlyTheOwnerReadABackup() throws IOException {
        Path copy = take();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldRestoreOverAStateThatIsDamaged() throws IOException {
        Path copy = take();
        Files.writeString(Backups.stateFolder(data).resolve("modulemanager.db"), "broken".repeat(2_000));

        backups.restore(copy);

        assertThat(isSet("before")).isTrue();
    }

    @Test
    void shouldRefuseADamagedFileAndChangeNothing() throws IOException {
        Path copy = take();
        byte[] bytes = Files.readAllBytes(copy);
        java.util.Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0x5a);
        Files.write(copy, bytes);

        assertRefused(copy, "Nothing was changed", "nothing was changed");
    }

    @Test
    void shouldRefuseWhatIsNoDatabase() throws IOException {
        assertRefused(Files.writeString(data.resolve("notes.txt"), "hello ".repeat(500)), "is no database of the");
    }

    @Test
    void shouldRefuseAnEmptyFileThatSqliteTakesForADatabase() throws IOException {
        assertRefused(Files.createFile(data.resolve("empty.db")), "is no database of the module manager");
    }

    @Test
    void shouldRefuseSomebodyElsesDatabase() throws SQLException {
        Path other = data.resolve("other.db");
        try (Connection connection = DatabaseTest.raw(other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE recipe (name TEXT)");
            statement.execute("PRAGMA user_version = 1");
        }

        assertRefused(other, "is no database of the module manager");
    }

    @Test
    void shouldRefuseABackupOfANewerRelease() throws SQLException {
        Path copy = take();
        try (Connection connection = DatabaseTest.raw(copy);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertRefused(copy, "schema version 99");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertRefused(data.resolve("nowhere.db"), "does not exist");
    }

    @Test
    void shouldLeaveNoHalfBackupOnAFullDisk() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(data.resolve("small"), 8)) {
            Backups small = new Backups(disk.folder(), CLOCK);
            try (Database database = Database.open(Backups.stateFolder(disk.folder()))) {
                disk.fill(0);

                assertThatThrownBy(() -> small.take(database)).isInstanceOf(StateException.class);
            }
            Path folder = disk.folder().resolve("backups");
            assertThat(Files.exists(folder) ? names(folder) : List.of()).isEmpty();
        }
    }

    private void assertRefused(Path copy, String... oneOf) {
        assertThatThrownBy(() -> backups.restore(copy))
                .isInstanceOf(StateException.class)
                .satisfies(e -> assertThat(Stream.of(oneOf)).anyMatch(e.getMessage()::contains));
        assertThat(isSet("before")).isTrue();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
