package io.vyra.ros2.rtps.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.qos.ResourceLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many samples a reader keeps for their turn. */
class ReaderLimitsTest {
    private static final GuidPrefix OWN = new GuidPrefix(1, 1);
    private static final Guid ONE = new Guid(new GuidPrefix(2, 2), EntityId.writer(1));
    private static final Guid OTHER = new Guid(new GuidPrefix(3, 3), EntityId.writer(1));

    private final ManualEnvironment environment = new ManualEnvironment(OWN);
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final List<String> read = new ArrayList<>();
    private final RtpsReader reader = new RtpsReader(
            environment,
            new Guid(OWN, EntityId.reader(1)),
            Qos.DEFAULT.keepAll().withLimits(ResourceLimits.ofSamples(2)),
            1 << 16,
            sample -> {
                read.add((sample.writer().equals(ONE) ? "one " : "other ") + sample.sequence());
                environment.samples().give(sample);
            });
    private int heartbeats;

    @BeforeEach
    void match() {
        for (Guid writer : List.of(ONE, OTHER)) {
            reader.match(
                    writer,
                    new Destination(writer.prefix(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_411)),
                    budget);
            reader.heartbeat(writer, 1, 5, ++heartbeats, true);
        }
    }

    private void send(Guid writer, long... numbers) {
        for (long number : numbers) {
            reader.data(writer, number, 0, InlineQos.NONE, new byte[16], 0, 16, false);
        }
    }

    private List<Long> asked(Guid writer) {
        environment.outbox().flush();
        environment.forget();
        reader.heartbeat(writer, 1, 5, ++heartbeats, false);
        environment.outbox().flush();
        List<Long> missing = new ArrayList<>();
        environment.sent().stream()
                .filter(Submessage.AckNack.class::isInstance)
                .map(Submessage.AckNack.class::cast)
                .forEach(ask -> ask.missing().forEach(missing::add));
        return missing;
    }

    @Test
    void shouldAskAgainForWhatIsBeyondTheLimits() {
        send(ONE, 3, 4, 5);

        assertThat(reader.refused()).isEqualTo(1);
        assertThat(asked(ONE)).containsExactly(1L, 2L, 5L);

        send(ONE, 1, 2);
        assertThat(read).containsExactly("one 1", "one 2", "one 3", "one 4");
        assertThat(asked(ONE)).containsExactly(5L);

        send(ONE, 5);
        assertThat(read).endsWith("one 5").hasSize(5);
        assertThat(budget.used()).isZero();
    }

    @Test
    void shouldShareTheLimitsAmongWritersAndNeverHoldUpWhatIsDue() {
        send(ONE, 2, 3);
        send(OTHER, 2, 1, 2);

        assertThat(read).containsExactly("other 1", "other 2");
        assertThat(reader.refused()).isEqualTo(1);
    }

    @Test
    void shouldHaveRoomAgainOnceAWriterIsGone() {
        send(ONE, 2, 3);
        reader.unmatch(ONE);

        send(OTHER, 2, 3, 1);

        assertThat(read).containsExactly("other 1", "other 2", "other 3");
        assertThat(reader.refused()).isZero();
        assertThat(budget.used()).isZero();
    }
}
