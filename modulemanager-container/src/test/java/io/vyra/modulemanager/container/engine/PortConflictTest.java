package io.vyra.modulemanager.container.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.container.engine.EngineException.Reason;
import io.vyra.modulemanager.container.settings.ContainerSettings.PublishedPort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortConflictTest {
    private static final List<PublishedPort> PORTS =
            List.of(new PublishedPort("127.0.0.1", 808, false), new PublishedPort("127.0.0.1", 8_081, true));

    private static EngineException refused(String words) {
        return new EngineException(Reason.REFUSED, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error starting userland proxy: listen udp4 127.0.0.1:8081: bind: address already in use",
                "Bind for 127.0.0.1:8081 failed: port is already allocated",
                "cannot listen on the UDP port: listen udp4 127.0.0.1:8081: bind: address already in use"
            })
    void shouldSayWhichPortIsTaken(String words) {
        EngineException explained = PortConflict.explain(refused(words), PORTS);

        assertThat(explained)
                .hasMessageStartingWith("port 8081/udp of 127.0.0.1 is already in use on this machine.")
                .hasMessageEndingWith(words);
        assertThat(explained.reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void shouldNotGuessAPort() {
        assertThat(PortConflict.explain(refused("listen: address already in use"), PORTS))
                .hasMessageStartingWith("one of its ports is already in use");
    }

    @Test
    void shouldLeaveOtherFailuresAsTheyAre() {
        EngineException other = refused("no such device at 127.0.0.1:8081");

        assertThat(PortConflict.explain(other, PORTS)).isSameAs(other);
    }
}
