package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.CyclonePeer;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad network between this library and Cyclone DDS: both lose some of all that they send, discovery and acknowledgements too. */
class LossTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"10, 300000, 20", "50, 300000, 20", "200, 1000, 200", "0, 5000000, 2"})
    void shouldLoseNothingEitherWay(int thousandths, int size, int count) throws IOException, InterruptedException {
        int domain = Domains.free();
        Random random = new Random(1);
        List<String> received = new CopyOnWriteArrayList<>();
        try (Participant participant = Participant.open(
                        ParticipantSettings.of(Domains.localhost(domain), "test", ""), way -> (packet, address) -> {
                            if (random.nextInt(1_000) >= thousandths) {
                                way.send(packet, address);
                            }
                        });
                CyclonePeer peer = CyclonePeer.startLossy(domain, thousandths)) {
            peer.tell("reader", "r", "rt/blob", "Blob", "reliable,keep_all");
            peer.tell("writer", "w", "rt/blobs", "Blob", "reliable,keep_all");
            participant.createReader(
                    "rt/blobs",
                    Payloads.BLOB,
                    Qos.DEFAULT.keepAll(),
                    "",
                    sample -> received.add(Payloads.described(sample.payload())));
            DataWriter writer = participant.createWriter("rt/blob", Payloads.BLOB, Qos.DEFAULT.keepAll(), "");
            await().atMost(PATIENCE).until(() -> writer.matched() == 1);
            peer.tell("matched", "w", "1");

            byte[] payload = Payloads.counting(size);
            peer.start("counting", "w", String.valueOf(size), String.valueOf(count));
            IntStream.range(0, count).forEach(_ -> writer.write(payload));

            String described = Payloads.described(Slice.of(payload));
            assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
            assertThat(peer.awaitEvents("sample", "r", count)).hasSize(count).containsOnly(described);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received).hasSize(count).containsOnly(described));
        }
    }
}
