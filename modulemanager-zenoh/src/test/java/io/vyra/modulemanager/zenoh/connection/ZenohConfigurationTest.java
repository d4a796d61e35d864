package io.vyra.modulemanager.zenoh.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.zenoh.Settings;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZenohConfigurationTest {
    @Test
    void shouldBeAnOpenRouterOnTheLoopbackAddressByDefault() {
        ZenohConfiguration configuration = Settings.configuration(Map.of());

        assertThat(configuration.enabled()).isTrue();
        assertThat(configuration.mode()).isEqualTo(ZenohConfiguration.Mode.ROUTER);
        assertThat(configuration.listen()).isEmpty();
        assertThat(configuration.connect()).isEmpty();
        assertThat(configuration.access()).isEqualTo(ZenohConfiguration.Access.OPEN);
        assertThat(configuration.robotInternal()).isFalse();
        assertThat(configuration.users()).isEmpty();
        assertThat(configuration.user()).isEmpty();
        assertThat(configuration.password()).isEmpty();
        assertThat(configuration.maxPayload().asLongValue()).isEqualTo(1 << 20);
        assertThat(configuration.maxMessage().asLongValue()).isEqualTo(64 << 20);
        assertThat(configuration.maxFaces()).isEqualTo(128);
        assertThat(configuration.tls().certificate()).isEmpty();
        assertThat(configuration.tls().key()).isEmpty();
        assertThat(configuration.tls().trusted()).isEmpty();
        assertThat(configuration.tls().clientCertificates()).isFalse();
        assertThat(configuration.tls().verifyHost()).isTrue();
        assertThat(BusSettings.of(configuration).listen()).containsExactly(Endpoint.parse("tcp/127.0.0.1:7447"));
    }

    @Test
    void shouldTakeEveryKey() {
        ZenohConfiguration configuration = Settings.configuration(Map.ofEntries(
                Map.entry("vyra.zenoh.enabled", "false"),
                Map.entry("vyra.zenoh.mode", "client"),
                Map.entry("vyra.zenoh.listen", "tcp/127.0.0.1:1,tcp/[::1]:2"),
                Map.entry("vyra.zenoh.connect", "tcp/a:1,tls/b:2"),
                Map.entry("vyra.zenoh.access", "authenticated"),
                Map.entry("vyra.zenoh.robot-internal", "true"),
                Map.entry("vyra.zenoh.users", "/u"),
                Map.entry("vyra.zenoh.user", "anna"),
                Map.entry("vyra.zenoh.password", "secret"),
                Map.entry("vyra.zenoh.max-payload", "2M"),
                Map.entry("vyra.zenoh.max-message", "3M"),
                Map.entry("vyra.zenoh.max-faces", "4"),
                Map.entry("vyra.zenoh.tls.certificate", "/c"),
                Map.entry("vyra.zenoh.tls.key", "/k"),
                Map.entry("vyra.zenoh.tls.trusted", "/t"),
                Map.entry("vyra.zenoh.tls.client-certificates", "true"),
                Map.entry("vyra.zenoh.tls.verify-host", "false")));

        assertThat(configuration.enabled()).isFalse();
        assertThat(configuration.mode()).isEqualTo(ZenohConfiguration.Mode.CLIENT);
        assertThat(configuration.listen()).contains(List.of("tcp/127.0.0.1:1", "tcp/[::1]:2"));
        assertThat(configuration.connect()).contains(List.of("tcp/a:1", "tls/b:2"));
        assertThat(configuration.access()).isEqualTo(ZenohConfiguration.Access.AUTHENTICATED);
        assertThat(configuration.robotInternal()).isTrue();
        assertThat(configuration.users()).contains(Path.of("/u"));
        assertThat(configuration.user()).contains("anna");
        assertThat(configuration.password()).contains("secret");
        assertThat(configuration.maxPayload().asLongValue()).isEqualTo(2 << 20);
        assertThat(configuration.maxMessage().asLongValue()).isEqualTo(3 << 20);
        assertThat(configuration.maxFaces()).isEqualTo(4);
        assertThat(configuration.tls().certificate()).contains(Path.of("/c"));
        assertThat(configuration.tls().key()).contains(Path.of("/k"));
        assertThat(configuration.tls().trusted()).contains(Path.of("/t"));
        assertThat(configuration.tls().clientCertificates()).isTrue();
        assertThat(configuration.tls().verifyHost()).isFalse();
    }

    @Test
    void shouldRefuseAnUnknownKey() {
        assertThatThrownBy(() -> Settings.configuration(Map.of("vyra.zenoh.lisen", "tcp/127.0.0.1:1")))
                .hasMessageContaining("lisen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp/0.0.0.0:7447", "tcp/192.0.2.1:7447", "tcp/[::]:7447"})
    void shouldBeOpenOnOtherAddressesOnlyWhenToldThatTheyAreTheRobotsOwn(String endpoint) {
        Map<String, String> open = Map.of("vyra.zenoh.listen", endpoint);

        assertThatThrownBy(() -> Settings.of(open))
                .isInstanceOf(BusSettingsException.class)
                .hasMessageContaining(endpoint)
                .hasMessageContaining("vyra.zenoh.access=authenticated");
        assertThat(Settings.of(Map.of("vyra.zenoh.listen", endpoint, "vyra.zenoh.robot-internal", "true"))
                        .isOpen())
                .isTrue();
        assertThat(Settings.of(Map.of("vyra.zenoh.listen", endpoint, "vyra.zenoh.access", "authenticated"))
                        .isOpen())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "vyra.zenoh.mode, client, vyra.zenoh.connect",
        "vyra.zenoh.listen, 127.0.0.1:7447, is not an endpoint",
        "vyra.zenoh.listen, tls/127.0.0.1:7447, vyra.zenoh.tls.certificate",
        "vyra.zenoh.user, anna, vyra.zenoh.password",
        "vyra.zenoh.max-payload, 3, between 1024",
        "vyra.zenoh.max-faces, 0, between 1",
        "vyra.zenoh.users, /no/such/file, cannot be read",
    })
    void shouldSayWhichSettingIsWrong(String key, String value, String words) {
        assertThatThrownBy(() -> Settings.of(Map.of(key, value)))
                .isInstanceOf(BusSettingsException.class)
                .hasMessageContaining(words);
    }

    @Test
    void shouldReadUsersAndNeverQuoteTheirPasswords(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("users");
        Files.writeString(file, "# people\n\nanna:operator:pass:word\ncontrol.example.org:admin:\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        BusUsers users = BusUsers.read(file);

        assertThat(users.passwordOf("anna")).contains("pass:word");
        assertThat(users.roleOf("anna")).contains(Role.OPERATOR);
        assertThat(users.passwordOf("control.example.org"))
                .as("known by its certificate only")
                .isEmpty();
        assertThat(users.roleOf("control.example.org")).contains(Role.ADMIN);
        assertThat(users.roleOf("ben")).isEmpty();

        Files.writeString(file, "ben:boss:hunter2\n");
        assertThatThrownBy(() -> BusUsers.read(file))
                .hasMessageContaining("Line 1")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hunter2"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> BusUsers.read(file)).hasMessageContaining("chmod 600");
    }
}
