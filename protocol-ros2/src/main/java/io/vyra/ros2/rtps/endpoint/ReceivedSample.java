package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.SampleIdentity;
import io.vyra.ros2.rtps.message.Slice;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sample as it came. It and its payload are valid until the listener returns; after that, it is another sample. */
public final class ReceivedSample {
    private Guid writer;
    private long sequence;
    private long timestamp;
    private InlineQos inlineQos;
    private Slice payload = Slice.EMPTY;
    private byte[] pooled;
    private boolean isKey;

    private ReceivedSample() {}

    /** Those that are no sample now, and the arrays of their payloads. For one thread at a time. */
    public static final class Spare {
        private static final int MOST = 1_024;

        private final Deque<ReceivedSample> samples = new ArrayDeque<>();
        private final BufferPool pool;

        public Spare(BufferPool pool) {
            this.pool = pool;
        }

        ReceivedSample take(Guid writer, long sequence, long timestamp, InlineQos inlineQos, boolean isKey) {
            ReceivedSample sample = samples.isEmpty() ? new ReceivedSample() : samples.pollLast();
            sample.writer = writer;
            sample.sequence = sequence;
            sample.timestamp = timestamp;
            sample.inlineQos = inlineQos;
            sample.isKey = isKey;
            return sample;
        }

        /** Takes back a sample that nobody looks at any more. */
        public void give(ReceivedSample sample) {
            if (sample.pooled != null) {
                pool.give(sample.pooled);
                sample.pooled = null;
            }
            if (samples.size() < MOST) {
                samples.addLast(sample);
            }
        }
    }

    /** Its payload is in somebody else's array. */
    ReceivedSample in(byte[] array, int offset, int length) {
        if (payload.array() != array || payload.offset() != offset || payload.length() != length) {
            payload = new Slice(array, offset, length);
        }
        return this;
    }

    /** Its payload is the beginning of an array of the pool, which is its own. */
    ReceivedSample inOwn(byte[] array, int length) {
        pooled = array;
        return in(array, 0, length);
    }

    /** The array of the pool that its payload is in, or null. */
    byte[] pooled() {
        return pooled;
    }

    public Guid writer() {
        return writer;
    }

    public long sequence() {
        return sequence;
    }

    /** When it was written, as seconds and fractions of 2⁻³² since 1970; 0 when it is not known. */
    public long timestamp() {
        return timestamp;
    }

    public InlineQos inlineQos() {
        return inlineQos;
    }

    /** With its encapsulation. */
    public Slice payload() {
        return payload;
    }

    /** Whether the payload is a key only. */
    public boolean isKey() {
        return isKey;
    }

    public SampleIdentity identity() {
        return new SampleIdentity(writer, sequence);
    }
}
