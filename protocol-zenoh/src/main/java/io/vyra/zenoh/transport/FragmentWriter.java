package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.wire.WireWriter;

/** Cuts a message into fragments, each of which fills the open batch of a lane and seals it. Used under the transmitter's lock. */
final class FragmentWriter {
    private static final int LONGEST_HEADER = 16;

    private final int batchSize;
    private final boolean isMarked;

    /**
     * @param isMarked whether the first fragment, and a message that is given up, are marked
     */
    FragmentWriter(int batchSize, boolean isMarked) {
        this.batchSize = batchSize;
        this.isMarked = isMarked;
    }

    /** Writes the part of the message that starts at the offset; gives where the next one starts. */
    int add(Lane lane, boolean reliable, WireWriter message, int offset) {
        int size = Math.min(message.position() - offset, batchSize - LONGEST_HEADER);
        boolean more = offset + size < message.position();
        WireWriter writer = lane.open().writer();
        TransportCodec.writeFragment(
                writer, reliable, more, lane.nextNumber(reliable), lane.priority(), isMarked && offset == 0, false);
        writer.bytes(message.array(), offset, size);
        lane.advance(reliable);
        lane.seal();
        return offset + size;
    }

    /** Tells the peer to forget the fragments that it has; one that knows no marks finds the message incomplete. */
    void abandon(Lane lane, boolean reliable) {
        TransportCodec.writeFragment(
                lane.open().writer(), reliable, isMarked, lane.nextNumber(reliable), lane.priority(), false, isMarked);
        lane.advance(reliable);
        lane.seal();
    }
}
