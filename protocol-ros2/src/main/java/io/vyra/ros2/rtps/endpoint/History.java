package io.vyra.ros2.rtps.endpoint;

/** The samples that a writer still has, by sequence number, in a ring that grows as needed. */
final class History {
    /** What a packet takes in a receiver's socket beside its payload, in bytes, as Linux counts. */
    private static final int BESIDE_PAYLOAD = 1_024;

    private Change[] ring = new Change[16];
    private long first = 1;
    private long last;
    private int size;
    private long end;

    /** The lowest number that is there, or one more than {@link #last} when none is. */
    long first() {
        return first;
    }

    /** The highest number that ever was. */
    long last() {
        return last;
    }

    int size() {
        return size;
    }

    void add(Change change) {
        if (change.sequence() - first >= ring.length) {
            grow();
        }
        last = change.sequence();
        ring[index(last)] = change;
        size++;
        change.start(end);
        end += change.length() + BESIDE_PAYLOAD;
    }

    /** How much room the samples that ever were take in a receiver's socket, in bytes. */
    long end() {
        return end;
    }

    /** How much of that the samples from a number on take; 0 when that number is not there. */
    long roomFrom(long sequence) {
        Change change = get(sequence);
        return change == null ? 0 : end - change.start();
    }

    /** The sample of that number, or null. */
    Change get(long sequence) {
        return sequence < first || sequence > last ? null : ring[index(sequence)];
    }

    /** Takes a sample out and gives it, or null. */
    Change remove(long sequence) {
        Change change = get(sequence);
        if (change != null) {
            ring[index(sequence)] = null;
            size--;
            while (first <= last && ring[index(first)] == null) {
                first++;
            }
        }
        return change;
    }

    private int index(long sequence) {
        return (int) sequence & (ring.length - 1);
    }

    private void grow() {
        Change[] old = ring;
        ring = new Change[old.length * 2];
        for (long sequence = first; sequence <= last; sequence++) {
            ring[index(sequence)] = old[(int) sequence & (old.length - 1)];
        }
    }
}
