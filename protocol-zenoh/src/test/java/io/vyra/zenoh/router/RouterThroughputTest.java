package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.ForwardedPush;
import io.vyra.zenoh.message.NetworkCodec;
import io.vyra.zenoh.message.OutgoingPush;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Publisher;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Forwarding much, without garbage and without losing any of it. How fast it is, {@code ./mm bench zenoh} measures. */
class RouterThroughputTest {
    private static final int MESSAGES = 1_000_000;

    @Test
    void shouldForwardWithoutGarbage() {
        byte[] key = "robot/state".getBytes(StandardCharsets.UTF_8);
        WireWriter received = new WireWriter(0xffff);
        new OutgoingPush()
                .put(0, key, QualityOfService.REQUEST, null, Encoding.JSON, null, null, Bytes.wrap(new byte[64]))
                .write(received);
        WireWriter sent = new WireWriter(0xffff);
        WireReader reader = new WireReader();
        PushCursor cursor = new PushCursor();
        ForwardedPush forwarded = new ForwardedPush();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Runnable rounds = () -> {
            for (int i = 0; i < 10_000; i++) {
                sent.position(0);
                NetworkCodec.readPush(reader.reset(received.array(), 0, received.position()), cursor);
                forwarded.of(cursor, 0, key, null).write(sent);
            }
        };
        rounds.run();
        long before = threads.getCurrentThreadAllocatedBytes();

        rounds.run();

        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 10_000).isZero();
        assertThat(sent.toArray()).isEqualTo(received.toArray());
    }

    @Test
    void shouldForwardManySmallPublications() throws Exception {
        Bytes payload = Bytes.wrap(new byte[64]);
        LongAdder arrived = new LongAdder();
        try (ZenohRouter router = TestRouters.open();
                ZenohSession receiving = TestRouters.connect(router);
                ZenohSession sending = TestRouters.connect(router);
                Publisher publisher = sending.declarePublisher(
                        KeyExpression.of("throughput/data"), PublishOptions.DEFAULT.blocking())) {
            receiving.declareSubscriber("throughput/*", _ -> arrived.increment());
            await().until(() -> router.faces().stream().anyMatch(face -> face.subscribers() == 1));

            for (int i = 0; i < MESSAGES; i++) {
                publisher.put(payload);
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> arrived.sum() == MESSAGES);
            assertThat(router.counters().droppedPublications()).isZero();
        }
    }
}
