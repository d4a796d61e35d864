package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.TransportMessage.Fragment;
import io.vyra.zenoh.wire.WireReader;
import java.util.Arrays;

/**
 * Puts the fragments of one channel together, up to a limit. It never holds more than twice what was received, and nothing while nothing is
 * under way. Not thread-safe.
 */
final class Defragmenter {
    private static final int SMALLEST = 64 << 10;
    private static final byte[] NOTHING = {};

    private final int limit;
    private final int mask;
    private final boolean isMarked;
    private final WireReader whole = new WireReader();
    private byte[] buffer = NOTHING;
    private int length;
    private boolean isUnderWay;
    private int expected;
    private long given;

    /**
     * @param limit the largest message in bytes
     * @param mask the largest sequence number
     * @param isMarked whether the peer marks the first fragment and a message that it gives up
     */
    Defragmenter(int limit, int mask, boolean isMarked) {
        this.limit = limit;
        this.mask = mask;
        this.isMarked = isMarked;
    }

    /**
     * Takes the rest of a batch.
     *
     * @return the whole message when this was its last part, to be read before the next call; else null
     */
    WireReader add(Fragment fragment, WireReader batch) {
        int size = batch.remaining();
        if (isMarked ? fragment.first() : !isUnderWay) {
            giveUp();
            isUnderWay = true;
        } else if (!isUnderWay) {
            // The rest of a message that was given up.
            batch.skip(size);
            return null;
        } else if (fragment.sequenceNumber() != expected) {
            giveUp();
            batch.skip(size);
            return null;
        }
        if (fragment.dropped() || size > limit - length) {
            giveUp();
            batch.skip(size);
            return null;
        }
        append(batch, size);
        expected = (fragment.sequenceNumber() + 1) & mask;
        if (fragment.more()) {
            return null;
        }
        whole.reset(buffer, 0, length);
        isUnderWay = false;
        length = 0;
        if (buffer.length > SMALLEST) {
            buffer = NOTHING;
        }
        return whole;
    }

    /** How many messages were given up: too large, incomplete, or dropped by the peer. */
    long givenUp() {
        return given;
    }

    private void append(WireReader batch, int size) {
        if (length + size > buffer.length) {
            int doubled = (int) Math.min(Math.max(SMALLEST, (length + size) * 2L), limit);
            buffer = Arrays.copyOf(buffer, Math.max(doubled, length + size));
        }
        System.arraycopy(batch.array(), batch.position(), buffer, length, size);
        batch.skip(size);
        length += size;
    }

    private void giveUp() {
        if (isUnderWay) {
            given++;
        }
        isUnderWay = false;
        length = 0;
        if (buffer.length > SMALLEST) {
            buffer = NOTHING;
        }
    }
}
