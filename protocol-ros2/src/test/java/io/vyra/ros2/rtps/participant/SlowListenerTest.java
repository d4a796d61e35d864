package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.LogWatch;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.qos.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens while a listener does not come back. */
class SlowListenerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Set<Guid> endpoints = ConcurrentHashMap.newKeySet();
    private final Set<GuidPrefix> others = ConcurrentHashMap.newKeySet();
    private final List<Known> told = new CopyOnWriteArrayList<>();
    private final List<Guid> lost = new CopyOnWriteArrayList<>();
    private int domain;
    private Participant participant;

    /** Remembers what it is told, and so replaces it. */
    private final class Remembering implements ParticipantListener {
        @Override
        public void known(Known known) {
            told.add(known);
            endpoints.clear();
            Stream.concat(known.writers().stream(), known.readers().stream())
                    .map(EndpointDescription::guid)
                    .forEach(endpoints::add);
            others.clear();
            known.participants().forEach(this::participantFound);
        }

        @Override
        public void participantFound(ParticipantDescription found) {
            others.add(found.prefix());
        }

        @Override
        public void participantLost(GuidPrefix prefix) {
            others.remove(prefix);
        }

        @Override
        public void endpointFound(EndpointDescription endpoint, boolean isWriter) {
            endpoints.add(endpoint.guid());
        }

        @Override
        public void endpointLost(Guid endpoint) {
            endpoints.remove(endpoint);
            lost.add(endpoint);
        }
    }

    @BeforeEach
    void start() throws IOException {
        domain = Domains.free();
        participant = Participant.open(ParticipantSettings.of(Domains.localhost(domain), "test", ""));
        participant.addListener(new Remembering());
    }

    @AfterEach
    void stop() {
        release.countDown();
        participant.close();
    }

    private void hold() throws InterruptedException {
        participant.addListener(new ParticipantListener() {
            @Override
            public void endpointFound(EndpointDescription endpoint, boolean isWriter) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        write("rt/first");
        held.await();
    }

    private DataWriter write(String topic) {
        return participant.createWriter(topic, Payloads.STRING, Qos.DEFAULT, "");
    }

    private Set<Guid> there() {
        Known known = participant.locked(participant::known);
        return Set.copyOf(Stream.concat(known.writers().stream(), known.readers().stream())
                .map(EndpointDescription::guid)
                .toList());
    }

    @Test
    void shouldTellEverythingOneByOneThatWaitsForLess() throws InterruptedException {
        hold();
        int before = Events.MOST / 4;
        for (int i = 0; i < before; i++) {
            write("rt/passing").close();
        }
        release.countDown();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lost).hasSize(before));
        assertThat(endpoints).isEqualTo(there());
        assertThat(told).hasSize(1);
        assertThat(participant.counters().untold()).isZero();
    }

    @Test
    void shouldDropAndCountWhatIsTooMuchAndTellWhatIsKnownInstead() throws Exception {
        try (LogWatch log = new LogWatch(Events.class);
                Peer peer = Peer.start(Implementation.CYCLONE, domain)) {
            peer.tell("writer", "gone", "rt/theirs", "String", "reliable");
            await().atMost(PATIENCE).until(() -> there().size() == 1 && !others.isEmpty());
            hold();
            peer.tell("delete", "gone");
            peer.tell("writer", "stays", "rt/theirs", "String", "reliable");
            for (int i = 0; i < Events.MOST; i++) {
                write("rt/passing").close();
            }
            DataWriter last = write("rt/last");
            await().atMost(PATIENCE).until(() -> there().size() == 3);
            assertThat(participant.counters().untold()).isGreaterThan(Events.MOST);

            release.countDown();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).hasSize(2));
            assertThat(endpoints).isEqualTo(there()).hasSize(3).contains(last.guid());
            assertThat(others)
                    .isEqualTo(Set.of(participant.participants().getFirst().prefix()));
            assertThat(lost).isEmpty();
            assertThat(log.messages()).singleElement().asString().contains("A listener of the ROS 2 graph is slow");

            long untold = participant.counters().untold();
            last.close();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(lost).containsExactly(last.guid()));
            assertThat(participant.counters().untold()).isEqualTo(untold);
        }
    }
}
