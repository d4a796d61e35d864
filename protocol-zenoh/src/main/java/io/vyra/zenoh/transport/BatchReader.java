package io.vyra.zenoh.transport;

import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.wire.WireReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Cuts the bytes of a link into batches: two bytes of length, little-endian, then as many. One thread uses it. */
final class BatchReader {
    private static final int PREFIX = 2;
    private static final int LARGEST = 2 * (0xffff + PREFIX);

    private final Link link;
    private final WireReader batch = new WireReader();
    private byte[] buffer = new byte[8192];
    private int start;
    private int end;

    BatchReader(Link link) {
        this.link = link;
    }

    /** Whether another batch is there already, so that {@link #next} would not wait. */
    boolean hasNext() {
        int available = end - start;
        return available >= PREFIX && available >= PREFIX + length();
    }

    private int length() {
        return (buffer[start] & 0xff) | (buffer[start + 1] & 0xff) << 8;
    }

    /**
     * Waits for a batch.
     *
     * @return its bytes, valid until the next call; or null when the peer closed the link between batches
     * @throws EOFException when the peer closed it within one
     */
    WireReader next() throws IOException {
        while (true) {
            int available = end - start;
            int needed = PREFIX;
            if (available >= PREFIX) {
                int length = length();
                needed = PREFIX + length;
                if (available >= needed) {
                    batch.reset(buffer, start + PREFIX, length);
                    start += needed;
                    return batch;
                }
            }
            makeRoom(needed);
            int read = link.read(buffer, end, buffer.length - end);
            if (read < 0) {
                if (available > 0) {
                    throw new EOFException("The connection ended within a message");
                }
                return null;
            }
            end += read;
        }
    }

    private void makeRoom(int needed) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        boolean wasFull = end == buffer.length;
        if (start > 0 && (wasFull || buffer.length - start < needed)) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (buffer.length < needed || (wasFull && buffer.length < LARGEST)) {
            buffer = Arrays.copyOf(buffer, Math.min(LARGEST, Math.max(needed, buffer.length * 2)));
        }
    }
}
