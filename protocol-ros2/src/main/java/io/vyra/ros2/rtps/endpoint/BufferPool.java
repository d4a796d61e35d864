package io.vyra.ros2.rtps.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arrays for payloads, by powers of two, used again and again. */
public final class BufferPool {
    private static final int SMALLEST_BITS = 8;
    private static final int LARGEST_BITS = 24;
    private static final long MOST_BYTES = 16 << 20;

    private final Deque<byte[]>[] free;
    private long kept;

    @SuppressWarnings({"unchecked", "rawtypes"})
    public BufferPool() {
        free = new Deque[LARGEST_BITS + 1];
        for (int i = 0; i < free.length; i++) {
            free[i] = new ArrayDeque<>();
        }
    }

    /** An array of at least that size, whatever is in it. */
    public byte[] take(int size) {
        int bits = Math.max(SMALLEST_BITS, 32 - Integer.numberOfLeadingZeros(Math.max(size - 1, 0)));
        if (bits > LARGEST_BITS) {
            return new byte[size];
        }
        byte[] array = free[bits].pollLast();
        if (array == null) {
            return new byte[1 << bits];
        }
        kept -= array.length;
        return array;
    }

    /** Gives an array back, which nobody may look at any more. */
    public void give(byte[] array) {
        int bits = 31 - Integer.numberOfLeadingZeros(Math.max(array.length, 1));
        if (bits >= SMALLEST_BITS
                && bits <= LARGEST_BITS
                && array.length == 1 << bits
                && kept + array.length <= MOST_BYTES) {
            free[bits].addLast(array);
            kept += array.length;
        }
    }
}
