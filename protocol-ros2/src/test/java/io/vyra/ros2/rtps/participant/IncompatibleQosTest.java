package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Implementation;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.peer.Peer;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.QosPolicy;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is offered against what is asked for, in both directions, with Cyclone DDS, which must see it in the same way. */
class IncompatibleQosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Qos WEAK =
            qos(Duration.ofMillis(200), Qos.Ownership.SHARED, Qos.DestinationOrder.BY_RECEPTION);

    private final Map<String, Set<QosPolicy>> reports = new ConcurrentHashMap<>();
    private Peer peer;
    private Participant participant;

    /** A policy, weak enough and too strong, as this library has it and as the peer is told. */
    private enum Case {
        RELIABILITY(WEAK.bestEffort(), WEAK, "best_effort", "reliable"),
        DURABILITY(WEAK, WEAK.transientLocal(), "reliable", "reliable,transient_local"),
        DEADLINE(WEAK, WEAK.withDeadline(Duration.ofMillis(100)), "reliable", "reliable,deadline=100"),
        LATENCY_BUDGET(
                WEAK,
                qos(Duration.ofMillis(100), Qos.Ownership.SHARED, Qos.DestinationOrder.BY_RECEPTION),
                "reliable",
                "reliable,latency=100"),
        LIVELINESS(
                WEAK,
                WEAK.withLiveliness(Qos.Liveliness.MANUAL_BY_TOPIC, Qos.INFINITE),
                "reliable",
                "reliable,by_topic"),
        DESTINATION_ORDER(
                WEAK,
                qos(Duration.ofMillis(200), Qos.Ownership.SHARED, Qos.DestinationOrder.BY_SOURCE),
                "reliable",
                "reliable,by_source");

        private final Qos weak;
        private final Qos strong;
        private final String weakWords;
        private final String strongWords;

        Case(Qos weak, Qos strong, String weakWords, String strongWords) {
            this.weak = weak;
            this.strong = strong;
            this.weakWords = budgeted(weakWords);
            this.strongWords = budgeted(strongWords);
        }

        private static String budgeted(String words) {
            return words.contains("latency=") ? words : words + ",latency=200";
        }

        private Set<QosPolicy> policies() {
            return Set.of(QosPolicy.valueOf(name()));
        }
    }

    private static Qos qos(Duration budget, Qos.Ownership ownership, Qos.DestinationOrder order) {
        return new Qos(
                Qos.Reliability.RELIABLE,
                Qos.Durability.VOLATILE,
                10,
                ResourceLimits.DEFAULT,
                Qos.INFINITE,
                Qos.INFINITE,
                budget,
                Qos.Liveliness.AUTOMATIC,
                Qos.INFINITE,
                ownership,
                order,
                Qos.Presentation.DEFAULT,
                Set.of(),
                List.of(Qos.XCDR1));
    }

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        participant = Participant.open(ParticipantSettings.of(Domains.localhost(domain), "test", ""));
        participant.addListener(new ParticipantListener() {
            @Override
            public void incompatible(Guid own, EndpointDescription other, Set<QosPolicy> policies) {
                reports.put(other.topic(), policies);
            }
        });
        peer = Peer.start(Implementation.CYCLONE, domain);
    }

    @AfterEach
    void stop() {
        peer.close();
        participant.close();
    }

    private DataReader read(String topic, Qos qos) {
        return participant.createReader(topic, Payloads.STRING, qos, "", _ -> {});
    }

    private DataWriter write(String topic, Qos qos) {
        return participant.createWriter(topic, Payloads.STRING, qos, "");
    }

    private void awaitReport(String topic, Set<QosPolicy> policies) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(reports).containsEntry(topic, policies));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAReaderThatAsksForMoreThanIsWritten(Case each) {
        peer.tell("reader", "r", "rt/strong", "String", each.strongWords);
        DataWriter writer = write("rt/strong", each.weak);

        awaitReport("rt/strong", each.policies());

        assertThat(writer.matched()).isZero();
        peer.tell("alone", "r");
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportAWriterThatOffersLessThanIsRead(Case each) {
        peer.tell("writer", "w", "rt/weak", "String", each.weakWords);
        DataReader reader = read("rt/weak", each.strong);

        awaitReport("rt/weak", each.policies());

        assertThat(reader.matched()).isZero();
        peer.tell("alone", "w");
    }

    @ParameterizedTest
    @EnumSource
    void shouldMatchThoseThatOfferMoreThanIsAskedFor(Case each) {
        peer.tell("writer", "w", "rt/theirs", "String", each.strongWords);
        peer.tell("reader", "r", "rt/ours", "String", each.weakWords);
        DataReader reader = read("rt/theirs", each.weak);
        DataWriter writer = write("rt/ours", each.strong);

        await().atMost(PATIENCE).until(() -> reader.matched() == 1 && writer.matched() == 1);
        peer.tell("matched", "w", "1");
        peer.tell("matched", "r", "1");

        assertThat(reports).isEmpty();
    }

    @Test
    void shouldReportDifferentOwnershipWhicheverSideHasWhich() {
        Qos exclusive = qos(Duration.ofMillis(200), Qos.Ownership.EXCLUSIVE, Qos.DestinationOrder.BY_RECEPTION);
        peer.tell("writer", "w", "rt/theirs", "String", "reliable,latency=200,exclusive");
        peer.tell("reader", "r", "rt/ours", "String", "reliable,latency=200");
        read("rt/theirs", WEAK);
        write("rt/ours", exclusive);

        awaitReport("rt/theirs", Set.of(QosPolicy.OWNERSHIP));
        awaitReport("rt/ours", Set.of(QosPolicy.OWNERSHIP));
    }

    @Test
    void shouldNotCompareLifespan() {
        peer.tell("writer", "w", "rt/theirs", "String", "reliable,lifespan=1000");
        peer.tell("reader", "r", "rt/ours", "String", "reliable");
        DataReader reader = read("rt/theirs", Qos.DEFAULT);
        DataWriter writer = write("rt/ours", Qos.DEFAULT.withLifespan(Duration.ofSeconds(1)));

        await().atMost(PATIENCE).until(() -> reader.matched() == 1 && writer.matched() == 1);

        assertThat(reports).isEmpty();
    }
}
