package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAddressTest {
    private static final Map<String, String> USER = Map.of("XDG_RUNTIME_DIR", "/run/user/1000");

    @Test
    void shouldPreferTheUsersEngineToTheMachines() {
        List<Path> sockets = List.of(Path.of("/run/user/1000/podman/podman.sock"), Path.of("/var/run/docker.sock"));

        assertThat(EngineAddress.find(USER, sockets::contains))
                .contains(EngineAddress.of("unix:///run/user/1000/podman/podman.sock"));
        assertThat(EngineAddress.find(Map.of(), sockets::contains))
                .contains(EngineAddress.of("unix:///var/run/docker.sock"));
        assertThat(EngineAddress.find(Map.of(), path -> false)).isEmpty();
    }

    @Test
    void shouldTakeTheAddressThatTheEnginesOwnProgramsTake() {
        assertThat(EngineAddress.find(Map.of("DOCKER_HOST", "tcp://robot:2376"), path -> true))
                .hasValueSatisfying(address -> assertThat(address.isLocal()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docker.sock", "http://robot:2375", "tcp://robot", "unix:docker.sock", "ssh://robot"})
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> EngineAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unix:///path or tcp://host:port");
    }
}
