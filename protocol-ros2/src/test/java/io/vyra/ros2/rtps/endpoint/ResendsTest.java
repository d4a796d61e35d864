package io.vyra.ros2.rtps.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer and one reader that says what it lacks, by a clock that the test moves. */
class ResendsTest {
    private static final GuidPrefix OWN = new GuidPrefix(1, 1);
    private static final Guid READER = new Guid(new GuidPrefix(2, 2), EntityId.reader(1));
    private static final int FRAGMENTS = 20;

    private final ManualEnvironment environment = new ManualEnvironment(OWN);
    private final List<Submessage> sent = environment.sent();
    private final RtpsWriter writer =
            new RtpsWriter(environment, new Guid(OWN, EntityId.writer(1)), Qos.DEFAULT.keepAll());
    private int acknowledgements;

    @BeforeEach
    void match() {
        writer.match(
                READER,
                new Destination(READER.prefix(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 7411)),
                Qos.DEFAULT.keepAll());
        acknowledge(1, NumberSet.empty(1), true);
        environment.outbox().flush();
        environment.forget();
    }

    private void write(int size) {
        writer.write(Slice.of(new byte[size]), InlineQos.NONE, 1, false);
        environment.outbox().flush();
        environment.forget();
    }

    private void acknowledge(long base, NumberSet missing, boolean isFinal) {
        writer.acknowledge(READER, base, missing, ++acknowledgements, isFinal);
        environment.outbox().flush();
    }

    private static NumberSet set(long base, int count) {
        NumberSet.Builder builder = new NumberSet.Builder(base);
        IntStream.range(0, count).forEach(i -> builder.add(base + i));
        return builder.build();
    }

    /** Moves the clock to when the writer wanted to be run for what it still has to send. */
    private void nextBurst() {
        environment.forget();
        environment.advance(Resends.PAUSE);
        assertThat(environment.isDue()).isTrue();
        writer.run(environment.now());
        environment.outbox().flush();
    }

    private List<Long> fragments() {
        return sent.stream()
                .filter(Submessage.DataFrag.class::isInstance)
                .map(it -> ((Submessage.DataFrag) it).first())
                .toList();
    }

    private List<Long> samples() {
        return sent.stream()
                .filter(Submessage.Data.class::isInstance)
                .map(it -> ((Submessage.Data) it).sequence())
                .toList();
    }

    private long heartbeats() {
        return sent.stream().filter(Submessage.Heartbeat.class::isInstance).count();
    }

    private static List<Long> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Long::valueOf).toList();
    }

    @Test
    void shouldSendInBurstsAndAskAtTheEnd() {
        write(FRAGMENTS * Outbox.LARGEST_PAYLOAD);

        acknowledge(1, set(1, 1), false);
        assertThat(fragments()).isEqualTo(numbers(1, 8));
        assertThat(heartbeats()).isZero();

        nextBurst();
        assertThat(fragments()).isEqualTo(numbers(9, 16));
        assertThat(heartbeats()).isZero();

        nextBurst();
        assertThat(fragments()).isEqualTo(numbers(17, 20));
        assertThat(heartbeats()).isEqualTo(1);
        assertThat(writer.resent()).isEqualTo(FRAGMENTS);
    }

    @Test
    void shouldNotHurryForWhoAsksAgain() {
        write(FRAGMENTS * Outbox.LARGEST_PAYLOAD);
        acknowledge(1, set(1, 1), false);
        environment.forget();

        acknowledge(1, set(1, 1), true);

        assertThat(fragments()).isEmpty();
        nextBurst();
        assertThat(fragments()).isEqualTo(numbers(1, 8));
    }

    @Test
    void shouldReplaceWhatWasAskedForBefore() {
        write(FRAGMENTS * Outbox.LARGEST_PAYLOAD);
        acknowledge(1, set(1, 1), false);

        writer.resendFragments(
                READER, new Submessage.NackFrag(READER.entity(), writer.guid().entity(), 1, set(19, 2), 1));
        nextBurst();

        assertThat(fragments()).isEqualTo(numbers(19, 20));
        assertThat(heartbeats()).isEqualTo(1);
    }

    @Test
    void shouldSendNothingMoreToWhoHasEverything() {
        write(FRAGMENTS * Outbox.LARGEST_PAYLOAD);
        acknowledge(1, set(1, 1), false);

        acknowledge(2, NumberSet.empty(2), true);
        environment.forget();
        environment.advance(Resends.PAUSE);
        writer.run(environment.now());
        environment.outbox().flush();

        assertThat(fragments()).isEmpty();
    }

    @Test
    void shouldSendSmallSamplesAtOnce() {
        IntStream.range(0, 100).forEach(_ -> write(100));

        acknowledge(1, set(1, 100), true);

        assertThat(samples()).isEqualTo(numbers(1, 100));
    }

    @Test
    void shouldSendSamplesOfDifferentTimesInOnePacket() {
        for (long time = 1; time <= 10; time++) {
            writer.write(Slice.of(new byte[1_000]), InlineQos.NONE, time, false);
            environment.outbox().flush();
        }
        environment.forget();

        acknowledge(1, set(1, 10), true);

        assertThat(environment.packets()).isEqualTo(1);
        assertThat(environment.timesOfSamples()).isEqualTo(numbers(1, 10));
    }

    /** How long until the writer asks by itself again, in milliseconds. */
    private long untilHeartbeat() {
        environment.forget();
        long waited = 0;
        for (; heartbeats() == 0 && waited < 10_000; waited++) {
            environment.advance(1_000_000);
            writer.run(environment.now());
            environment.outbox().flush();
        }
        return waited;
    }

    @Test
    void shouldAskASilentReaderLessAndLessOften() {
        write(100);

        List<Long> pauses =
                IntStream.range(0, 15).mapToObj(_ -> untilHeartbeat()).toList();

        assertThat(pauses)
                .isSorted()
                .startsWith(10L, 20L, 40L, 80L, 160L, 200L, 250L)
                .endsWith(1_000L, 1_000L);
    }

    @Test
    void shouldAskSoonWhenItHasSentAgainWhatMayBeLostAgain() {
        write(100);
        IntStream.range(0, 15).forEach(_ -> untilHeartbeat());

        acknowledge(1, set(1, 1), true);

        assertThat(samples()).containsExactly(1L);
        assertThat(untilHeartbeat()).isEqualTo(10);
    }

    @Test
    void shouldNotHurryForAReaderThatAnswersAndIsNotDone() {
        write(100);
        IntStream.range(0, 15).forEach(_ -> untilHeartbeat());

        acknowledge(1, NumberSet.empty(1), true);

        assertThat(untilHeartbeat()).isEqualTo(40);
    }

    @Test
    void shouldTellAtOnceWhatIsGone() {
        IntStream.range(0, 3).forEach(_ -> write(100));
        writer.remove(2);

        acknowledge(1, set(1, 3), true);

        assertThat(samples()).containsExactly(1L, 3L);
        assertThat(sent)
                .anySatisfy(it -> assertThat(it).isInstanceOfSatisfying(Submessage.Gap.class, gap -> {
                    assertThat(gap.start()).isEqualTo(2);
                    assertThat(gap.gone().base()).isEqualTo(3);
                }));
    }

    @Test
    void shouldBoundWhatOneRequestGets() {
        IntStream.range(0, 3).forEach(_ -> write(2 << 20));

        acknowledge(1, set(1, 3), false);
        int most = fragments().size();
        for (int bursts = 1; heartbeats() == 0; bursts++) {
            assertThat(bursts).isLessThan(100);
            nextBurst();
            most += fragments().size();
        }

        assertThat((long) most * Outbox.LARGEST_PAYLOAD).isBetween(1L << 20, 3L << 20);
    }
}
