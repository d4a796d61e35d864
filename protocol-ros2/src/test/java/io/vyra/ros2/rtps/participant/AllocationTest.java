package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a sample leaves for the garbage collector once everything that is used again is there. */
class AllocationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUND = 5_000;

    /** So many until everything is compiled, at the latest; what is not leaves iterators and the like behind. */
    private static final int MOST_ROUNDS = 30;

    /** For both samples and all that acknowledges them. The smallest object has 16 bytes, so not one is left behind each time. */
    private static final double MOST_BYTES = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Semaphore echoes = new Semaphore(0);

    @Test
    void shouldLeaveNextToNothingBehindForASampleAndItsEcho() throws IOException, InterruptedException {
        int domain = Domains.free();
        try (Participant here = open(domain);
                Participant there = open(domain)) {
            Qos qos = Qos.DEFAULT.withDepth(16);
            DataWriter back = there.createWriter("rt/back", Payloads.BLOB, qos, "");
            there.createReader(
                    "rt/forth", Payloads.BLOB, qos, "", sample -> back.write(sample.payload(), InlineQos.NONE));
            here.createReader("rt/back", Payloads.BLOB, qos, "", _ -> echoes.release());
            DataWriter forth = here.createWriter("rt/forth", Payloads.BLOB, qos, "");
            await().atMost(PATIENCE).until(() -> forth.matched() == 1 && back.matched() == 1);

            double bytes = Double.MAX_VALUE;
            for (int i = 0; i < MOST_ROUNDS && bytes >= MOST_BYTES; i++) {
                bytes = round(forth);
            }

            assertThat(bytes).isLessThan(MOST_BYTES);
        }
    }

    /** How many bytes a sample and its echo left behind on average. */
    private double round(DataWriter forth) throws InterruptedException {
        long before = allocated();
        echo(forth, ROUND);
        return (double) (allocated() - before) / ROUND;
    }

    private static Participant open(int domain) throws IOException {
        return Participant.open(ParticipantSettings.of(Domains.localhost(domain), "allocation", ""));
    }

    private void echo(DataWriter forth, int count) throws InterruptedException {
        Slice payload = Slice.of(Payloads.counting(64));
        for (int i = 0; i < count; i++) {
            forth.write(payload, InlineQos.NONE);
            assertThat(echoes.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** By both participants' threads so far, in bytes. */
    private long allocated() {
        return LongStream.of(threads.getAllThreadIds())
                .filter(this::isOfParticipant)
                .map(threads::getThreadAllocatedBytes)
                .sum();
    }

    private boolean isOfParticipant(long thread) {
        var found = threads.getThreadInfo(thread);
        return found != null && found.getThreadName().startsWith("allocation-");
    }
}
