package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.wire.CapacityExceededException;
import io.vyra.zenoh.wire.WireWriter;
import java.nio.ByteBuffer;

/** A batch about to be sent, reused for one after the other. Whoever holds the transmitter's lock, or took the batch, uses it. */
final class Batch {
    private static final int PREFIX = 2;

    private enum FrameState {
        NONE,
        BEST_EFFORT,
        RELIABLE
    }

    private final WireWriter writer;
    private FrameState frame = FrameState.NONE;
    private ByteBuffer buffer;

    Batch(int size) {
        writer = new WireWriter(PREFIX + size);
        clear();
    }

    void clear() {
        writer.position(0);
        writer.u16(0);
        frame = FrameState.NONE;
    }

    boolean isEmpty() {
        return writer.position() == PREFIX;
    }

    /** Adds a message, after a frame's header where it needs one; whether it fit. */
    boolean add(Lane lane, boolean reliable, Outgoing message) {
        int mark = writer.position();
        FrameState needed = reliable ? FrameState.RELIABLE : FrameState.BEST_EFFORT;
        try {
            if (frame != needed) {
                TransportCodec.writeFrame(writer, reliable, lane.nextNumber(reliable), lane.priority());
            }
            message.write(writer);
        } catch (CapacityExceededException e) {
            writer.position(mark);
            return false;
        } catch (RuntimeException e) {
            writer.position(mark);
            throw e;
        }
        if (frame != needed) {
            frame = needed;
            lane.advance(reliable);
        }
        return true;
    }

    /** For what is no frame: fragments, signs of life, the end. */
    WireWriter writer() {
        return writer;
    }

    /** The finished bytes. */
    ByteBuffer toSend() {
        writer.u16At(0, writer.position() - PREFIX);
        byte[] array = writer.array();
        if (buffer == null || buffer.array() != array) {
            buffer = ByteBuffer.wrap(array);
        }
        return buffer.clear().limit(writer.position());
    }

    /** What is left of them after a part was written. */
    ByteBuffer unsent() {
        return buffer;
    }
}
