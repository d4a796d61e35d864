package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.peer.PeerSettings;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that die, come again, or are two of the same name. */
@ParameterizedClass
@EnumSource(names = {"CYCLONE", "FAST_DDS"})
class PeerLifeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int RESTARTS = 100;

    /** Either peer takes less than half of it on a 2-core x86_64 VM that does nothing else. */
    private static final Duration RESTARTING = Duration.ofSeconds(1);

    /** For when something else is done meanwhile. */
    private static final int TRIES = 5;

    @Parameter
    private Implementation implementation;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private int domain;
    private Participant participant;
    private DataReader reader;

    @BeforeEach
    void start() throws IOException {
        domain = Domains.free();
        participant = Participant.open(ParticipantSettings.of(Domains.localhost(domain), "test", ""));
        reader = participant.createReader(
                "rt/life",
                Payloads.STRING,
                Qos.DEFAULT.transientLocal(),
                "",
                sample -> received.add(Payloads.text(sample.payload())));
    }

    @AfterEach
    void stop() {
        participant.close();
    }

    private void awaitGone() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(participant.participants()).isEmpty();
            assertThat(reader.matched()).isZero();
        });
    }

    @Test
    void shouldNoticeThatAPeerDied() throws IOException, InterruptedException {
        Peer peer = Peer.start(PeerSettings.of(implementation, domain).withLease(LEASE));
        peer.tell("writer", "w", "rt/life", "String", "reliable,transient_local");
        await().atMost(PATIENCE).until(() -> reader.matched() == 1);

        peer.kill();

        awaitGone();
    }

    @Test
    void shouldBeNoticedWhenItDies() throws IOException, InterruptedException {
        try (Peer peer = Peer.start(implementation, domain);
                Peer own =
                        Peer.start(PeerSettings.of(Implementation.OWN, domain).withLease(LEASE))) {
            peer.tell("writer", "w", "rt/other", "String", "reliable");
            own.tell("reader", "r", "rt/other", "String", "reliable");
            peer.tell("matched", "w", "1");

            own.kill();

            peer.tell("alone", "w");
        }
    }

    /** The lease of a writer may be far shorter than that of its participant. */
    @Test
    void shouldBeTakenForAliveByTheLeaseOfAWriter() throws IOException, InterruptedException {
        try (Peer peer = Peer.start(implementation, domain);
                Peer own =
                        Peer.start(PeerSettings.of(Implementation.OWN, domain).withLease(PATIENCE))) {
            own.tell("writer", "w", "rt/alive", "String", "reliable,alive=2000");
            peer.tell("reader", "r", "rt/alive", "String", "reliable,alive=2000");
            own.tell("matched", "w", "1");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(peer.events("life", "r")).contains("1 of 1"));

            // Of several leases; the participant announces itself by its own lease at most once meanwhile.
            await().during(Duration.ofSeconds(6))
                    .atMost(PATIENCE)
                    .until(() -> peer.events("life", "r"), events -> !events.contains("0 of 1"));
            own.kill();

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(peer.events("life", "r").getLast()).startsWith("0 of "));
        }
    }

    @Test
    void shouldFollowAPeerThatRestartsAHundredTimesWithinASecond() throws IOException {
        try (Peer peer = Peer.start(implementation, domain)) {
            Duration took = followRestarts(peer);
            for (int i = 1; i < TRIES && took.compareTo(RESTARTING) > 0; i++) {
                took = followRestarts(peer);
            }

            assertThat(took).isLessThan(RESTARTING);
        }
        awaitGone();
    }

    /** How long the peer took to restart so many times, by its own clock. */
    private Duration followRestarts(Peer peer) {
        received.clear();
        peer.tell("restart", "rt/life", String.valueOf(RESTARTS));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(received).contains("life " + RESTARTS);
            assertThat(participant.participants()).hasSize(1);
            assertThat(reader.matched()).isEqualTo(1);
        });
        assertThat(received).doesNotHaveDuplicates();
        return Duration.ofNanos(
                Long.parseLong(peer.events("restarted", "rt/life").getLast()));
    }

    @Test
    void shouldTellTwoPeersOfTheSameNameApart() throws IOException {
        try (Peer one = Peer.start(implementation, domain);
                Peer other = Peer.start(implementation, domain)) {
            one.tell("writer", "w", "rt/life", "String", "reliable,transient_local");
            other.tell("writer", "w", "rt/life", "String", "reliable,transient_local");
            await().atMost(PATIENCE).until(() -> reader.matched() == 2);

            one.tell("write", "w", "of one");
            other.tell("write", "w", "of the other");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(received).containsExactlyInAnyOrder("of one", "of the other"));
            one.close();
            await().atMost(PATIENCE).until(() -> reader.matched() == 1);
            other.tell("write", "w", "still there");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).contains("still there"));
        }
    }
}
