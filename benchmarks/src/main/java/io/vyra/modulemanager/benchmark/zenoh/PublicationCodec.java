package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.ForwardedPush;
import io.vyra.zenoh.message.NetworkCodec;
import io.vyra.zenoh.message.OutgoingPush;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What happens to every publication on its way, for JMH: 64 bytes of payload, an encoding, an attachment. */
@State(Scope.Thread)
public class PublicationCodec {
    private final byte[] key = "robot/feeder/StateFeed".getBytes(StandardCharsets.UTF_8);
    private final Bytes payload = Bytes.wrap(new byte[64]);
    private final Bytes attachment = Bytes.wrap(new byte[33]);
    private final OutgoingPush push = new OutgoingPush();
    private final ForwardedPush forwarded = new ForwardedPush();
    private final PushCursor cursor = new PushCursor();
    private final WireReader reader = new WireReader();
    private final WireWriter received = new WireWriter(0xffff);
    private final WireWriter sent = new WireWriter(0xffff);

    @Setup
    public void receive() {
        received.position(0);
        put().write(received);
    }

    private OutgoingPush put() {
        return push.put(0, key, QualityOfService.REQUEST, null, Encoding.JSON, null, attachment, payload);
    }

    /** As a publisher does. */
    @Benchmark
    public int write() {
        sent.position(0);
        put().write(sent);
        return sent.position();
    }

    /** As a receiver does, up to the payload where it lies. */
    @Benchmark
    public int read() {
        NetworkCodec.readPush(reader.reset(received.array(), 0, received.position()), cursor);
        return cursor.payloadSize();
    }

    /** As a router does. */
    @Benchmark
    public int forward() {
        sent.position(0);
        NetworkCodec.readPush(reader.reset(received.array(), 0, received.position()), cursor);
        forwarded.of(cursor, 0, key, null).write(sent);
        return sent.position();
    }
}
