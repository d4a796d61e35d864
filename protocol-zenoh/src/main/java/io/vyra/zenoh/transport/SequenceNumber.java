package io.vyra.zenoh.transport;

/** The last sequence number that was received on one channel. Not thread-safe. */
final class SequenceNumber {
    private final int mask;
    private int last;

    /**
     * @param mask the largest number
     * @param first the one that is expected
     */
    SequenceNumber(int mask, int first) {
        this.mask = mask;
        this.last = (first - 1) & mask;
    }

    /** Takes a number that comes after the last one, at most half the numbers ahead; whether it does. */
    boolean advance(int number) {
        int gap = (number - last) & mask;
        if ((number & ~mask) != 0 || gap == 0 || gap > mask >>> 1) {
            return false;
        }
        last = number;
        return true;
    }
}
