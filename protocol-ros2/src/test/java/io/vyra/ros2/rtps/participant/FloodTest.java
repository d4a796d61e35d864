package io.vyra.ros2.rtps.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.ros2.peer.Domains;
import io.vyra.ros2.peer.Payloads;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A remote participant that sends as much as it can of what has to be kept: what is kept for it stays within the settings, and another one is
 * served all the while.
 */
class FloodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_PARTICIPANTS = 5;
    private static final int MOST_ENDPOINTS = 20;
    private static final long MEMORY = 1 << 20;
    private static final int LARGEST_SAMPLE = 1 << 17;
    private static final int FRAGMENT = 8_192;
    private static final ScriptedPeer HOSTILE = ScriptedPeer.number(1);

    /** The reader is the first endpoint of its participant. */
    private static final EntityId READER = EntityId.reader(1);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private Participant participant;
    private Participant honest;
    private DataReader reader;
    private DataWriter honestWriter;
    private int said;

    @BeforeEach
    void start() throws IOException {
        int domain = Domains.free();
        participant = Participant.open(new ParticipantSettings(
                Domains.localhost(domain),
                "flooded",
                "",
                Duration.ofSeconds(20),
                MOST_PARTICIPANTS,
                MOST_ENDPOINTS,
                MEMORY,
                LARGEST_SAMPLE));
        reader = participant.createReader(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "", sample -> {
            if (sample.payload().length() < LARGEST_SAMPLE) {
                received.add(Payloads.text(sample.payload()));
            }
        });
        honest = Participant.open(ParticipantSettings.of(Domains.localhost(domain), "honest", ""));
        honestWriter = honest.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "");
        await().atMost(PATIENCE).until(() -> reader.matched() == 1 && honestWriter.matched() == 1);
        participant.inject(HOSTILE.packet(HOSTILE.hello()));
    }

    @AfterEach
    void stop() {
        assertThat(participant.counters().errors()).isZero();
        participant.close();
        honest.close();
    }

    private void assertHonestIsServed() {
        String text = "honest " + ++said;
        honestWriter.write(Payloads.text(text));
        await().atMost(PATIENCE).until(() -> received.contains(text));
    }

    private void announceWriters(int count) {
        IntStream.rangeClosed(1, count)
                .forEach(key -> participant.inject(HOSTILE.packet(HOSTILE.announceWriter(key, key))));
    }

    private long kept() {
        return participant.keptFor(HOSTILE.prefix());
    }

    @Test
    void shouldKeepIncompleteSamplesWithinTheBudget() {
        announceWriters(10);

        for (int number = 2; number < 40; number++) {
            for (int writer = 1; writer <= 10; writer++) {
                participant.inject(
                        HOSTILE.packet(ScriptedPeer.fragment(READER, writer, number, 1, FRAGMENT, LARGEST_SAMPLE)));
                assertThat(kept()).isLessThanOrEqualTo(MEMORY);
            }
        }

        assertThat(kept()).as("the flood has come that far").isEqualTo(MEMORY);
        assertThat(reader.reader().refused()).isPositive();
        assertHonestIsServed();
    }

    @Test
    void shouldKeepEarlySamplesWithinTheBudget() {
        announceWriters(2);
        byte[] payload = Payloads.text("early".repeat(1_000));

        for (int number = 2; number < 400; number++) {
            for (int writer = 1; writer <= 2; writer++) {
                participant.inject(HOSTILE.packet(ScriptedPeer.data(READER, EntityId.writer(writer), number, payload)));
                assertThat(kept()).isLessThanOrEqualTo(MEMORY);
            }
        }

        assertThat(kept()).as("the flood has come that far").isGreaterThan(MEMORY - 2L * payload.length);
        assertThat(reader.reader().refused()).isPositive();
        assertHonestIsServed();
    }

    /** Small samples cost more than their bytes, and numbers that will not come cost something too: their count has a limit of its own. */
    @Test
    void shouldLimitHowManyEarlySamplesOfAWriterItKeeps() {
        announceWriters(1);
        byte[] payload = Payloads.text("");

        for (int number = 2; number < 2_000; number++) {
            participant.inject(HOSTILE.packet(ScriptedPeer.data(READER, EntityId.writer(1), number, payload)));
        }
        long kept = kept();
        participant.inject(
                HOSTILE.packet(new Submessage.Gap(READER, EntityId.writer(1), 10_000, NumberSet.empty(1L << 40))));

        assertThat(kept).isPositive().isLessThan(MEMORY);
        assertThat(kept()).isEqualTo(kept);
        assertThat(reader.reader().refused()).isGreaterThan(1_000);
        assertHonestIsServed();
    }

    @Test
    void shouldGiveBackWhatACompleteSampleAWriterAndAParticipantTook() {
        announceWriters(3);
        int fragments = LARGEST_SAMPLE / FRAGMENT;
        for (int index = 1; index < fragments; index++) {
            participant.inject(HOSTILE.packet(ScriptedPeer.fragment(READER, 1, 1, index, FRAGMENT, LARGEST_SAMPLE)));
        }
        participant.inject(HOSTILE.packet(ScriptedPeer.fragment(READER, 2, 2, 1, FRAGMENT, LARGEST_SAMPLE)));
        participant.inject(
                HOSTILE.packet(ScriptedPeer.data(READER, EntityId.writer(3), 2, Payloads.text("early".repeat(100)))));
        long all = kept();

        participant.inject(HOSTILE.packet(ScriptedPeer.fragment(READER, 1, 1, fragments, FRAGMENT, LARGEST_SAMPLE)));
        long withoutComplete = kept();
        participant.inject(HOSTILE.packet(HOSTILE.loseWriter(4, 2)));
        long withoutWriter = kept();
        participant.inject(HOSTILE.packet(HOSTILE.goodbye()));

        assertThat(all - withoutComplete).isEqualTo(LARGEST_SAMPLE);
        assertThat(withoutComplete - withoutWriter).isEqualTo(LARGEST_SAMPLE);
        assertThat(withoutWriter).isBetween(500L, 1_024L);
        assertThat(kept()).isZero();
        assertHonestIsServed();
    }

    @Test
    void shouldLeaveOutASampleThatIsTooLargeAndGoOnBehindIt() {
        announceWriters(1);

        participant.inject(HOSTILE.packet(ScriptedPeer.fragment(READER, 1, 1, 1, FRAGMENT, LARGEST_SAMPLE + 1)));
        participant.inject(HOSTILE.packet(ScriptedPeer.data(READER, EntityId.writer(1), 2, Payloads.text("next"))));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).containsExactly("next"));
        assertThat(reader.reader().refused()).isEqualTo(1);
        assertThat(kept()).isZero();
        assertHonestIsServed();
    }

    @Test
    void shouldTakeNoteOfSoManyEndpointsOnly() {
        announceWriters(100);
        IntStream.rangeClosed(1, 100)
                .forEach(key -> participant.inject(HOSTILE.packet(HOSTILE.announceReader(key, key))));

        assertThat(reader.matched()).isEqualTo(MOST_ENDPOINTS + 1);
        assertThat(participant.counters().refused()).isEqualTo(200 - MOST_ENDPOINTS);
        assertHonestIsServed();
    }

    /** Few endpoints can say as much as many: what they say is counted in bytes as well. */
    @Test
    void shouldKeepWhatEndpointsSayWithinABudgetOfItsOwn() {
        Qos wordy = partitions(39);
        int number = 0;
        for (int key = 1; key <= 10; key++) {
            participant.inject(HOSTILE.packet(HOSTILE.announceWriter(++number, key, wordy)));
        }
        long refused = participant.counters().refused();
        int kept = participant.endpointsOf(HOSTILE.prefix());
        participant.inject(HOSTILE.packet(HOSTILE.announceWriter(++number, 1, partitions(1))));
        participant.inject(HOSTILE.packet(HOSTILE.announceWriter(++number, 10, wordy)));
        int afterChange = participant.endpointsOf(HOSTILE.prefix());
        for (int key = 1; key <= 10; key++) {
            participant.inject(HOSTILE.packet(HOSTILE.loseWriter(++number, key)));
        }
        assertThat(participant.endpointsOf(HOSTILE.prefix())).isZero();
        for (int key = 1; key <= 10; key++) {
            participant.inject(HOSTILE.packet(HOSTILE.announceWriter(++number, key, wordy)));
        }

        assertThat(kept).as("an eighth of a mebibyte has room for").isEqualTo(3);
        assertThat(refused).isEqualTo(10 - kept);
        assertThat(afterChange).as("what says less makes room").isEqualTo(kept + 1);
        assertThat(participant.endpointsOf(HOSTILE.prefix())).isEqualTo(kept);
        assertThat(kept()).as("samples are another matter").isZero();
        assertHonestIsServed();
    }

    /** That many of 1,000 bytes each. */
    private static Qos partitions(int count) {
        Qos it = Qos.DEFAULT;
        return new Qos(
                it.reliability(),
                it.durability(),
                it.depth(),
                it.limits(),
                it.deadline(),
                it.lifespan(),
                it.latencyBudget(),
                it.liveliness(),
                it.lease(),
                it.ownership(),
                it.destinationOrder(),
                it.presentation(),
                IntStream.range(0, count)
                        .mapToObj(i -> String.format("%1000d", i))
                        .collect(Collectors.toSet()),
                it.representations());
    }

    @Test
    void shouldTakeNoteOfSoManyParticipantsOnlyAndOfOthersWhenTheyAreGone() throws IOException {
        List<ScriptedPeer> crowd =
                IntStream.rangeClosed(2, 100).mapToObj(ScriptedPeer::number).toList();

        crowd.forEach(peer -> participant.inject(peer.packet(peer.hello(), peer.announceWriter(1, 1))));

        assertThat(participant.participants()).hasSize(MOST_PARTICIPANTS);
        // The hostile one and the honest one are among them.
        assertThat(participant.counters().refused()).isEqualTo(crowd.size() - (MOST_PARTICIPANTS - 2));
        assertThat(reader.matched()).isEqualTo(MOST_PARTICIPANTS - 1);
        assertHonestIsServed();

        crowd.forEach(peer -> participant.inject(peer.packet(peer.goodbye())));
        ScriptedPeer late = ScriptedPeer.number(1_000);
        participant.inject(late.packet(late.hello()));

        assertThat(participant.participants())
                .extracting(found -> found.prefix())
                .containsExactlyInAnyOrder(honest.prefix(), HOSTILE.prefix(), late.prefix());
    }

    /** To a participant without an address nothing can be sent, which was an error at whatever was for it, even at the end. */
    @Test
    void shouldKeepTheAddressOfAParticipantThatNamesNoneAnyMore() throws InterruptedException {
        participant.inject(HOSTILE.packet(HOSTILE.hello(2, List.of())));
        announceWriters(1);
        participant.inject(HOSTILE.packet(HOSTILE.announceReader(1, 1)));
        participant.inject(HOSTILE.packet(HOSTILE.hello()));

        DataWriter writer = participant.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT, "");

        assertThat(writer.write(Payloads.text("to somewhere"))).isEqualTo(1);
        assertThat(writer.matched()).isEqualTo(2);
        assertThat(participant.counters().refused()).isEqualTo(1);
        assertHonestIsServed();
    }

    @Test
    void shouldKeepNoMoreSamplesThanTheLimitsSay() throws InterruptedException {
        DataWriter writer = participant.createWriter(
                ScriptedPeer.TOPIC, Payloads.STRING, Qos.DEFAULT.keepAll().withLimits(ResourceLimits.ofSamples(3)), "");
        participant.inject(HOSTILE.packet(HOSTILE.announceReader(1, 1)));
        await().atMost(PATIENCE).until(() -> writer.matched() == 2);

        for (int i = 1; i <= 3; i++) {
            assertThat(writer.write(Payloads.text("sample " + i))).isEqualTo(i);
        }

        assertThat(writer.write(Payloads.text("beyond"))).as("there is no room").isZero();
        participant.inject(HOSTILE.packet(HOSTILE.goodbye()));
        assertThat(writer.write(Payloads.text("after"))).isEqualTo(4);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received).containsExactly("sample 1", "sample 2", "sample 3", "after"));
    }

    /** Keep-all keeps 5,000 samples for whoever never acknowledges; then writing fails after a second instead of going on for ever. */
    @Test
    void shouldKeepSoManySamplesForAReaderThatNeverAcknowledges() throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();
        Qos all = Qos.DEFAULT.keepAll();
        honest.createReader(
                ScriptedPeer.TOPIC, Payloads.STRING, all, "", sample -> heard.add(Payloads.text(sample.payload())));
        DataWriter writer = participant.createWriter(ScriptedPeer.TOPIC, Payloads.STRING, all, "");
        await().atMost(PATIENCE).until(() -> writer.matched() == 2);
        participant.inject(HOSTILE.packet(HOSTILE.announceReader(1, 1)));
        assertThat(writer.matched()).isEqualTo(3);

        for (int i = 1; i <= 5_000; i++) {
            assertThat(writer.write(Payloads.text("sample " + i))).isEqualTo(i);
        }
        long beyond = writer.write(Payloads.text("beyond"));

        assertThat(beyond).as("there is no room").isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard)
                        .isEqualTo(IntStream.rangeClosed(1, 5_000)
                                .mapToObj(i -> "sample " + i)
                                .toList()));

        participant.inject(HOSTILE.packet(HOSTILE.goodbye()));

        assertThat(writer.write(Payloads.text("after"))).isEqualTo(5_001);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).last().isEqualTo("after"));
    }
}
