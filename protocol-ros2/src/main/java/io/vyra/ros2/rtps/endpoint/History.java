package io.vyra.ros2.rtps.endpoint;

/** The samples that a writer still has, by sequence number, in a ring that grows as needed. */
final class History {
    private Change[] ring = new Change[16];
    private long first = 1;
    private long last;
    private int size;

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
