package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A bad network between this library and each of the other implementations: of what is reliable nothing is missing and nothing broken. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
class LossTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Parameter
    private Implementation implementation;

    @ParameterizedTest
    @CsvSource({"0, 300000, 20", "10, 300000, 20", "50, 300000, 20", "200, 1000, 200", "0, 5000000, 2"})
    void shouldLoseNothingEitherWay(int thousandths, int size, int count) throws IOException, InterruptedException {
        int domain = Domains.free();
        LossyNetwork network = new LossyNetwork(thousandths);
        List<String> received = new CopyOnWriteArrayList<>();
        try (Participant participant = network.open(ParticipantSettings.of(Domains.localhost(domain), "test", ""));
                Peer peer = Peer.start(implementation, domain)) {
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

            String described = Payloads.described(size);
            assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
            assertThat(peer.awaitEvents("sample", "r", count)).hasSize(count).containsOnly(described);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received).hasSize(count).containsOnly(described));
            assertThat(network.lost() > 0).isEqualTo(thousandths > 0);
        }
    }
}
