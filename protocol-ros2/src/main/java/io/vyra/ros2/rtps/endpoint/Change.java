package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.InlineQos;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sample in a writer's history, which is another sample later. Its payload is the beginning of an array of the pool. */
final class Change {
    private long sequence;
    private long timestamp;
    private long start;
    private InlineQos inlineQos;
    private byte[] payload;
    private int length;
    private boolean isKey;

    private Change() {}

    /** Those that are no sample now. */
    static final class Spare {
        private static final int MOST = 256;

        private final Deque<Change> changes = new ArrayDeque<>();

        Change take(long sequence, long timestamp, InlineQos inlineQos, byte[] payload, int length, boolean isKey) {
            Change change = changes.isEmpty() ? new Change() : changes.pollLast();
            change.sequence = sequence;
            change.timestamp = timestamp;
            change.inlineQos = inlineQos;
            change.payload = payload;
            change.length = length;
            change.isKey = isKey;
            return change;
        }

        void give(Change change) {
            change.payload = null;
            if (changes.size() < MOST) {
                changes.addLast(change);
            }
        }
    }

    long sequence() {
        return sequence;
    }

    long timestamp() {
        return timestamp;
    }

    InlineQos inlineQos() {
        return inlineQos;
    }

    byte[] payload() {
        return payload;
    }

    /** Of the payload, in bytes. */
    int length() {
        return length;
    }

    boolean isKey() {
        return isKey;
    }

    /** Where it starts in the writer's {@link SendWindow}. */
    long start() {
        return start;
    }

    void startAt(long newStart) {
        start = newStart;
    }

    boolean isFragmented() {
        return length > Outbox.LARGEST_PAYLOAD;
    }

    int fragments() {
        return (length + Outbox.LARGEST_PAYLOAD - 1) / Outbox.LARGEST_PAYLOAD;
    }
}
