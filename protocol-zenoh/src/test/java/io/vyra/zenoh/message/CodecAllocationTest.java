package io.vyra.zenoh.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sending and receiving publications leaves nothing for the garbage collector but the payload that is taken out. */
class CodecAllocationTest {
    private static final int ROUNDS = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OutgoingPush push = new OutgoingPush();
    private final PushCursor cursor = new PushCursor();
    private final WireWriter writer = new WireWriter(0xffff);
    private final WireReader reader = new WireReader();
    private final Bytes payload = Bytes.wrap(new byte[64]);
    private final Bytes attachment = Bytes.wrap(new byte[33]);
    private final byte[] key = "robot/state".getBytes(StandardCharsets.UTF_8);
    private long received;

    @Test
    void shouldWriteAndReadPublicationsWithoutGarbage() {
        run();
        long before = threads.getCurrentThreadAllocatedBytes();

        run();

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS).isZero();
        assertThat(received).isEqualTo(2L * ROUNDS * 64);
    }

    private void run() {
        for (int i = 0; i < ROUNDS; i++) {
            writer.position(0);
            push.put(i % 2 == 0 ? 0 : 7, key, QualityOfService.REQUEST, null, Encoding.JSON, null, attachment, payload);
            push.write(writer);
            reader.reset(writer.array(), 0, writer.position());
            if (NetworkCodec.readPush(reader, cursor)) {
                received += cursor.payloadSize();
            }
        }
    }
}
