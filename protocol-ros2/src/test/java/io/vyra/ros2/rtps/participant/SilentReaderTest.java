package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reliable writer that keeps all, and a reader whose network fails for a while. */
class SilentReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Qos QOS = Qos.DEFAULT.keepAll();
    private static final int SAMPLES = 1_000;
    private static final int TRIES = 10;

    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final int domain = Domains.free();
    private volatile boolean isSilent;
    private Participant here;
    private Participant there;
    private volatile DataWriter writer;

    @BeforeEach
    void match() throws IOException, InterruptedException {
        here = Participant.open(settings());
        there = Participant.open(settings(), UnaryOperator.identity(), handler -> (packet, length, isToGroup) -> {
            if (!isSilent) {
                handler.packet(packet, length, isToGroup);
            }
        });
        there.createReader(
                "rt/silent",
                Payloads.BLOB,
                QOS,
                "",
                sample -> received.add(sample.payload().length()));
        writer = here.createWriter("rt/silent", Payloads.BLOB, QOS, "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 1);
        writer.write(Payloads.counting(1));
        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        received.clear();
    }

    private ParticipantSettings settings() {
        return ParticipantSettings.of(Domains.localhost(domain), "silent", "");
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    /** Samples that differ in their size, in the steps to which it is filled up. The result is how long writing them took. */
    private Duration write() {
        long begin = System.nanoTime();
        IntStream.range(0, SAMPLES).forEach(i -> writer.write(Payloads.counting(1_000 + 4 * i)));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static List<Integer> sizes() {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> Payloads.counting(1_000 + 4 * i).length)
                .toList();
    }

    @Test
    void shouldHoldUpTheWriterOnceForEachWindowAndLoseNothing() throws InterruptedException {
        isSilent = true;

        // Once for each sample it would be ten seconds.
        assertThat(write()).isLessThan(Duration.ofSeconds(5));
        assertThat(writer.awaitAcknowledged(Duration.ofMillis(1))).isFalse();

        isSilent = false;
        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).isEqualTo(sizes()));
    }

    @Test
    void shouldEndToWaitForAReaderThatLeaves() throws InterruptedException {
        isSilent = true;
        write();

        there.close();

        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        assertThat(writer.matched()).isZero();
    }

    /** No acknowledgement comes while a listener runs, so that each window would take ten milliseconds. */
    @Test
    void shouldNotWaitInAListener() throws InterruptedException {
        List<Duration> times = new CopyOnWriteArrayList<>();
        there.createReader("rt/start", Payloads.BLOB, QOS, "", _ -> times.add(write()));
        DataWriter back = there.createWriter("rt/back", Payloads.BLOB, QOS, "");
        DataWriter start = here.createWriter("rt/start", Payloads.BLOB, QOS, "");
        here.createReader("rt/back", Payloads.BLOB, QOS, "", _ -> {});
        await().atMost(PATIENCE).until(() -> back.matched() == 1 && start.matched() == 1);
        writer = back;

        for (int i = 1; i <= TRIES; i++) {
            int tries = i;
            start.write(Payloads.counting(1));
            await().atMost(PATIENCE).until(() -> times.size() == tries);
            assertThat(back.awaitAcknowledged(PATIENCE)).isTrue();
        }

        assertThat(Collections.min(times)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void shouldGiveALateReaderWhatIsWrittenFromThenOn() throws InterruptedException {
        write();
        List<Integer> late = new CopyOnWriteArrayList<>();
        DataReader reader = there.createReader(
                "rt/silent",
                Payloads.BLOB,
                QOS,
                "",
                sample -> late.add(sample.payload().length()));
        await().atMost(PATIENCE).until(() -> writer.matched() == 2 && reader.matched() == 1);

        assertThat(write()).isLessThan(Duration.ofSeconds(5));

        assertThat(writer.awaitAcknowledged(PATIENCE)).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(late).isEqualTo(sizes()));
    }
}
