package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.wire.WireReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A participant whose clock the test moves, and whose packets it reads instead of the network. */
final class ManualEnvironment implements Environment {
    private final Outbox outbox;
    private final BufferPool pool = new BufferPool();
    private final ReceivedSample.Spare samples = new ReceivedSample.Spare(pool);
    private final List<Submessage> sent = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private int packets;
    private long now = 1_000_000_000;
    private long wakeAt = Long.MAX_VALUE;

    ManualEnvironment(GuidPrefix prefix) {
        outbox = new Outbox(new Packets.Header(Packets.VERSION, Vendor.UNKNOWN, prefix), this::read);
    }

    private void read(ByteBuffer packet, InetSocketAddress address) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        WireReader reader = new WireReader(bytes);
        Packets.readHeader(reader);
        packets++;
        long time = 0;
        while (reader.hasRemaining()) {
            Submessage submessage = Packets.read(reader);
            sent.add(submessage);
            time = submessage instanceof Submessage.InfoTimestamp it ? it.timestamp() : time;
            if (submessage instanceof Submessage.Data) {
                times.add(time);
            }
        }
    }

    /** What was sent since the test forgot the last time. */
    List<Submessage> sent() {
        return sent;
    }

    /** In how many packets. */
    int packets() {
        return packets;
    }

    /** When the samples of it were written, as a receiver understands. */
    List<Long> timesOfSamples() {
        return times;
    }

    void forget() {
        sent.clear();
        times.clear();
        packets = 0;
    }

    void advance(long nanoseconds) {
        now += nanoseconds;
    }

    /** Whether it was asked to be run by now; then the next request counts. */
    boolean isDue() {
        boolean isDue = wakeAt <= now;
        wakeAt = isDue ? Long.MAX_VALUE : wakeAt;
        return isDue;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public BufferPool pool() {
        return pool;
    }

    @Override
    public ReceivedSample.Spare samples() {
        return samples;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void wakeAt(long time) {
        wakeAt = Math.min(wakeAt, time);
    }
}
