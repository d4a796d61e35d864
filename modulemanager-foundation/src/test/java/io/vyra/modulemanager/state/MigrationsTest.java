package io.vyra.modulemanager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final ModuleId MODULE = ModuleId.random("beacon");

    @TempDir
    Path folder;

    @Test
    void shouldBackUpAnOlderSchemaAndMigrateIt() throws IOException, SQLException {
        try (Connection old = DatabaseTest.raw(folder.resolve("modulemanager.db"));
                Statement statement = old.createStatement()) {
            for (String sql : firstScript().split(";\\s*\\n")) {
                statement.execute(sql);
            }
            statement.execute("INSERT INTO setting VALUES ('instance_id', 'mine')");
            statement.execute("INSERT INTO module (module_id, name, desired_state, generation, installed_at)"
                    + " VALUES ('" + MODULE + "', 'beacon', 'running', 7, 0)");
            statement.execute("PRAGMA user_version = 1");
        }

        try (Database database = Database.open(folder)) {
            assertThat(new SettingStore(database).find("instance_id")).contains("mine");
            assertThat(database.<String>read(
                            connection -> DatabaseTest.single(connection, "SELECT count(*) FROM repository")))
                    .isEqualTo("0");
            assertThat(database.<String>read(connection -> DatabaseTest.single(connection, "PRAGMA user_version")))
                    .isEqualTo(Integer.toString(Migrations.newest()));
            assertThat(database.<String>read(connection ->
                            DatabaseTest.single(connection, "SELECT generation || ' ' || launched FROM module")))
                    .isEqualTo("7 0");
        }
        try (Connection backup = DatabaseTest.raw(folder.resolve("modulemanager-v1.db"))) {
            assertThat(DatabaseTest.single(backup, "PRAGMA user_version")).isEqualTo("1");
            assertThat(DatabaseTest.single(backup, "SELECT value FROM setting")).isEqualTo("mine");
        }
    }

    @Test
    void shouldRefuseANewerSchemaAndLeaveItAsItIs() throws SQLException {
        Database.open(folder).close();
        try (Connection connection = DatabaseTest.raw(folder.resolve("modulemanager.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> Database.open(folder))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("newer release");

        try (Connection connection = DatabaseTest.raw(folder.resolve("modulemanager.db"))) {
            assertThat(DatabaseTest.single(connection, "PRAGMA user_version")).isEqualTo("99");
        }
    }

    private static String firstScript() throws IOException {
        try (InputStream in = Migrations.class.getResourceAsStream("/io/vyra/modulemanager/schema/0001-modules.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
