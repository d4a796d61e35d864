package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Errors of the library itself end none of a participant's threads, and are counted. */
class OwnErrorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final int domain = Domains.free();
    private volatile boolean isBroken;

    @Test
    void shouldGoOnAfterErrorsOfEveryThread() throws IOException {
        try (Participant participant = Participant.open(settings("broken"), way -> (packet, address) -> {
            if (isBroken) {
                failed.add(Thread.currentThread().getName());
                throw new IllegalStateException("broken on purpose");
            }
            way.send(packet, address);
        })) {
            DataReader reader = participant.createReader(
                    ScriptedPeer.TOPIC,
                    Payloads.STRING,
                    Qos.DEFAULT,
                    "",
                    sample -> received.add(Payloads.text(sample.payload())));
            isBroken = true;
            try (Participant other = Participant.open(settings("other"))) {
                DataWriter writer = other.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "");
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(failed).contains("broken-due").hasSizeGreaterThan(1));
                assertThat(participant.counters().errors()).isGreaterThan(1);
                assertThat(participant.counters().malformed()).isZero();

                isBroken = false;

                await().atMost(PATIENCE).until(() -> writer.matched() == 1 && reader.matched() == 1);
                long errors = participant.counters().errors();
                writer.write(Payloads.text("afterwards"));
                await().atMost(PATIENCE).until(() -> received.contains("afterwards"));
                assertThat(participant.counters().errors()).isEqualTo(errors);
            }
        }
    }

    private ParticipantSettings settings(String name) {
        return ParticipantSettings.of(Domains.localhost(domain), name, "");
    }
}
