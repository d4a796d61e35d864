package io.vyra.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vyra.zenoh.link.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleSettingsTest {
    private static final String ID = "v2_arm_" + "0a".repeat(16);

    @Test
    void shouldLookForTheRouterWhereVyraModulesDo() {
        ModuleSettings settings = ModuleSettings.fromEnvironment(Map.of("MODULE_ID", ID));

        assertThat(settings.identity().name()).isEqualTo("v2_arm");
        assertThat(settings.endpoints()).containsExactly(Endpoint.parse("tcp/zenoh-router:7447"));
        assertThat(settings.storage()).isEqualTo(Path.of("storage"));
        assertThat(settings.credentials()).isEmpty();
    }

    @Test
    void shouldTakeWhatTheEnvironmentSays() {
        ModuleSettings settings = ModuleSettings.fromEnvironment(Map.of(
                "MODULE_ID", ID,
                "ZENOH_CONNECT", "tcp/127.0.0.1:7447, tls/robot.local:7448",
                "MODULE_STORAGE", "/var/lib/arm",
                "MM_BUS_PASSWORD", "secret"));

        assertThat(settings.endpoints())
                .containsExactly(Endpoint.parse("tcp/127.0.0.1:7447"), Endpoint.parse("tls/robot.local:7448"));
        assertThat(settings.storage()).isEqualTo(Path.of("/var/lib/arm"));
        assertThat(settings.credentials()).get().satisfies(credentials -> {
            assertThat(credentials.user()).isEqualTo(ID);
            assertThat(credentials.password()).isEqualTo("secret");
        });
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleSettings.fromEnvironment(Map.of()))
                .withMessageStartingWith("MODULE_ID is not set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleSettings.fromEnvironment(Map.of("MODULE_ID", "Arm")))
                .withMessageStartingWith("MODULE_ID: 'Arm' is no module id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModuleSettings.fromEnvironment(Map.of("MODULE_ID", ID, "ZENOH_CONNECT", "udp/x:1")))
                .withMessageStartingWith("ZENOH_CONNECT: 'udp/x:1' is not an endpoint");
    }
}
