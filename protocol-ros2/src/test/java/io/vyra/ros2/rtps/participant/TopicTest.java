package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosPolicy;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics both ways with each of the other implementations, by unicast on loopback. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN")
class TopicTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private Peer peer;
    private Participant participant;

    @Parameter
    private Implementation implementation;

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        participant = Participant.open(ParticipantSettings.of(Domains.localhost(domain), "test", ""));
        peer = Peer.start(implementation, domain);
    }

    @AfterEach
    void stop() {
        assertThat(participant.counters().malformed()).isZero();
        peer.close();
        participant.close();
    }

    @Test
    void shouldWriteWhatThePeerReads() throws InterruptedException {
        peer.tell("reader", "r", "rt/chatter", "String", "reliable,keep_all");
        DataWriter writer = participant.createWriter("rt/chatter", Payloads.STRING, Qos.DEFAULT.keepAll(), "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 1);

        IntStream.range(0, 1_000).forEach(i -> writer.write(Payloads.text("hello " + i)));

        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        assertThat(peer.awaitEvents("sample", "r", 1_000))
                .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "hello " + i).toList());
    }

    /** Each sample waits for the one before to be acknowledged, and none is lost. */
    @Test
    void shouldWriteWithRoomForOneSampleOnly() throws InterruptedException {
        peer.tell("reader", "r", "rt/chatter", "String", "reliable,keep_all");
        Qos tight = Qos.DEFAULT.keepAll().withLimits(ResourceLimits.ofSamples(1));
        DataWriter writer = participant.createWriter("rt/chatter", Payloads.STRING, tight, "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 1);

        assertThat(IntStream.rangeClosed(1, 50))
                .allSatisfy(i ->
                        assertThat(writer.write(Payloads.text("hello " + i))).isEqualTo((long) i));

        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        assertThat(peer.awaitEvents("sample", "r", 50))
                .isEqualTo(
                        IntStream.rangeClosed(1, 50).mapToObj(i -> "hello " + i).toList());
    }

    @Test
    void shouldReadWhatThePeerWrites() {
        reader("rt/chatter", Payloads.STRING, Qos.DEFAULT);
        peer.tell("writer", "w", "rt/chatter", "String", "reliable,keep_all");
        peer.tell("matched", "w", "1");

        IntStream.range(0, 200).forEach(i -> peer.tell("write", "w", "hello " + i));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(200));
        assertThat(received)
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "hello " + i).toList());
    }

    @Test
    void shouldReadWhatThePeerWroteBefore() {
        peer.tell("writer", "w", "rt/latched", "String", "reliable,transient_local,keep_last=5");
        IntStream.range(0, 8).forEach(i -> peer.tell("write", "w", "latched " + i));

        reader("rt/latched", Payloads.STRING, Qos.DEFAULT.transientLocal());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .containsExactly("latched 3", "latched 4", "latched 5", "latched 6", "latched 7"));
    }

    @Test
    void shouldWriteToALateReader() {
        DataWriter writer = participant.createWriter(
                "rt/latched", Payloads.STRING, Qos.DEFAULT.transientLocal().withDepth(3), "");
        IntStream.range(0, 5).forEach(i -> writer.write(Payloads.text("latched " + i)));

        peer.tell("reader", "r", "rt/latched", "String", "reliable,transient_local,keep_all");

        assertThat(peer.awaitEvents("sample", "r", 3)).containsExactly("latched 2", "latched 3", "latched 4");
    }

    @Test
    void shouldTransportLargeSamplesBothWays() {
        peer.tell("reader", "r", "rt/blob", "Blob", "reliable,keep_all");
        peer.tell("writer", "w", "rt/blobs", "Blob", "reliable,keep_all");
        reader("rt/blobs", Payloads.BLOB, Qos.DEFAULT.keepAll());
        DataWriter writer = participant.createWriter("rt/blob", Payloads.BLOB, Qos.DEFAULT, "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 1);
        peer.tell("matched", "w", "1");

        byte[] payload = Payloads.counting(300_000);
        IntStream.range(0, 5).forEach(_ -> writer.write(payload));
        peer.tell("counting", "w", "300000", "5");

        String described = Payloads.described(300_000);
        assertThat(peer.awaitEvents("sample", "r", 5)).containsOnly(described).hasSize(5);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received).hasSize(5).containsOnly(described));
    }

    @Test
    void shouldWorkBestEffort() {
        peer.tell("reader", "r", "rt/chatter", "String", "best_effort,keep_all");
        DataWriter writer = participant.createWriter("rt/chatter", Payloads.STRING, Qos.DEFAULT.bestEffort(), "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 1);

        await().atMost(PATIENCE).until(() -> {
            writer.write(Payloads.text("again"));
            return !peer.events("sample", "r").isEmpty();
        });
    }

    @Test
    void shouldReportWhatDoesNotFit() {
        List<Set<QosPolicy>> reports = new CopyOnWriteArrayList<>();
        participant.addListener(new ParticipantListener() {
            @Override
            public void incompatible(Guid own, EndpointDescription other, Set<QosPolicy> policies) {
                reports.add(policies);
            }
        });
        reader("rt/chatter", Payloads.STRING, Qos.DEFAULT.transientLocal());

        peer.tell("writer", "w", "rt/chatter", "String", "best_effort");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(reports).containsExactly(Set.of(QosPolicy.RELIABILITY, QosPolicy.DURABILITY)));
    }

    @Test
    void shouldNoticeThatThePeerLeaves() {
        DataReader reader = reader("rt/chatter", Payloads.STRING, Qos.DEFAULT);
        peer.tell("writer", "w", "rt/chatter", "String", "reliable");
        await().atMost(PATIENCE).until(() -> reader.matched() == 1);
        assertThat(participant.participants()).hasSize(1);

        peer.tell("delete", "w");
        await().atMost(PATIENCE).until(() -> reader.matched() == 0);
        peer.close();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(participant.participants()).isEmpty());
    }

    private DataReader reader(String topic, String type, Qos qos) {
        return participant.createReader(topic, type, qos, "", sample -> received.add(describe(type, sample.payload())));
    }

    private static String describe(String type, Slice payload) {
        return type.equals(Payloads.STRING) ? Payloads.text(payload) : Payloads.described(payload);
    }
}
