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
import org.junit.jupiter.api.Test;

/** How much a writer sends ahead of its readers. */
class SendWindowTest {
    private static final GuidPrefix OWN = new GuidPrefix(1, 1);
    private static final Guid FAST = new Guid(new GuidPrefix(2, 2), EntityId.reader(1));
    private static final Guid SLOW = new Guid(new GuidPrefix(3, 3), EntityId.reader(1));

    /** What the kernel counts for a sample of 1,000 bytes in a receiver's socket. */
    private static final int ROOM = 2_304;

    /** What Linux gives a socket for which nobody asks for more, and for which somebody does. */
    private static final int SOCKET = 212_992;

    private static final int LARGER_SOCKET = 2 * SOCKET;

    private final ManualEnvironment environment = new ManualEnvironment(OWN);
    private final RtpsWriter writer = writer(Qos.DEFAULT.keepAll());
    private int acknowledgements;

    private RtpsWriter writer(Qos qos) {
        return new RtpsWriter(environment, new Guid(OWN, EntityId.writer(1)), qos);
    }

    private void match(Guid reader, Qos qos) {
        writer.match(
                reader,
                new Destination(reader.prefix(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 7411)),
                qos);
    }

    /** Matches a reader that knows of the writer already, so that it is sent samples. */
    private void welcome(Guid reader) {
        match(reader, Qos.DEFAULT.keepAll());
        acknowledge(reader, writer.sequence());
    }

    private void acknowledge(Guid reader, long number) {
        writer.acknowledge(reader, number + 1, NumberSet.empty(number + 1), ++acknowledgements, true);
        environment.outbox().flush();
    }

    private void write(RtpsWriter to, int size) {
        to.write(Slice.of(new byte[size]), InlineQos.NONE, 1, false);
        environment.outbox().flush();
    }

    /** Writes samples of 1,000 bytes until the window is closed. The result is how many. */
    private int fill() {
        int count = 0;
        for (; writer.hasWindow() && count < 10_000; count++) {
            write(writer, 1_000);
        }
        return count;
    }

    private long heartbeats() {
        return environment.sent().stream()
                .filter(Submessage.Heartbeat.class::isInstance)
                .count();
    }

    @Test
    void shouldCloseBeforeMoreIsOnItsWayThanASocketHolds() {
        welcome(FAST);

        assertThat(fill() * ROOM).isBetween(SOCKET / 2, LARGER_SOCKET);
    }

    @Test
    void shouldAskForAcknowledgementsBeforeItIsFull() {
        welcome(FAST);
        environment.forget();

        int written = fill();

        assertThat(heartbeats()).isBetween(3L, 4L);
        assertThat(environment.packets()).isEqualTo(written);
    }

    @Test
    void shouldMoveOnWithEachAcknowledgement() {
        welcome(FAST);
        int written = fill();

        acknowledge(FAST, written / 4);

        assertThat(writer.hasWindow()).isTrue();
        assertThat(fill()).isEqualTo(written / 4);

        acknowledge(FAST, writer.sequence());
        assertThat(fill()).isEqualTo(written);
    }

    @Test
    void shouldLetAWholeWindowGoWhenAReaderIsSilent() {
        welcome(FAST);
        int written = fill();

        writer.waiveWindow();

        assertThat(fill()).isEqualTo(written);
        writer.waiveWindow();
        assertThat(fill()).isEqualTo(written);
    }

    @Test
    void shouldGoByAcknowledgementsAgainOnceASilentReaderAnswers() {
        welcome(FAST);
        int written = fill();
        writer.waiveWindow();
        fill();

        acknowledge(FAST, writer.sequence());

        assertThat(fill()).isEqualTo(written);
    }

    @Test
    void shouldNotWaitForALateReaderThatIsSentNothingYet() {
        welcome(FAST);
        match(SLOW, Qos.DEFAULT.keepAll());
        int written = fill();
        acknowledge(FAST, written);

        assertThat(writer.hasWindow()).isTrue();
    }

    @Test
    void shouldWaitForALateReaderOnceItIsSentWhatItMissed() {
        welcome(FAST);
        match(SLOW, Qos.DEFAULT.keepAll());
        int written = fill();
        acknowledge(FAST, written);

        acknowledge(SLOW, 0);
        assertThat(writer.hasWindow()).isFalse();

        acknowledge(SLOW, written);
        assertThat(writer.hasWindow()).isTrue();
    }

    @Test
    void shouldWaitForTheSlowestOfSeveralReaders() {
        welcome(FAST);
        welcome(SLOW);
        int written = fill();

        acknowledge(FAST, written);
        assertThat(writer.hasWindow()).isFalse();

        acknowledge(SLOW, written / 2);
        assertThat(fill()).isEqualTo(written / 2);
    }

    @Test
    void shouldNotWaitForAReaderThatLeft() {
        welcome(FAST);
        welcome(SLOW);
        acknowledge(FAST, fill());

        writer.unmatch(SLOW);

        assertThat(writer.hasWindow()).isTrue();
    }

    @Test
    void shouldNeitherWaitForNorAskBestEffortReaders() {
        match(FAST, Qos.DEFAULT.bestEffort());
        environment.forget();

        assertThat(fill()).isEqualTo(10_000);
        assertThat(heartbeats()).isZero();
    }

    @Test
    void shouldNeverWaitWithKeepLast() {
        RtpsWriter recent = writer(Qos.DEFAULT.withDepth(1_000));
        recent.match(
                FAST,
                new Destination(FAST.prefix(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 7411)),
                Qos.DEFAULT);
        for (int i = 0; i < 900; i++) {
            assertThat(recent.hasWindow()).isTrue();
            write(recent, 1_000);
        }
    }

    @Test
    void shouldTakeASampleLargerThanTheWindowWhenNothingElseIsOnItsWay() {
        welcome(FAST);
        assertThat(writer.hasWindow()).isTrue();

        write(writer, 1 << 20);
        assertThat(writer.hasWindow()).isFalse();

        acknowledge(FAST, 1);
        assertThat(writer.hasWindow()).isTrue();
    }
}
