package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import java.util.ArrayDeque;
import java.util.Deque;

/** Samples that wait for their readers' listeners, in their order. Guarded by the participant's lock. */
final class Deliveries {
    // Two queues that go together, for a pair would be an object of its own for every sample.
    private final Deque<DataReader> readers = new ArrayDeque<>();
    private final Deque<ReceivedSample> samples = new ArrayDeque<>();

    void add(DataReader reader, ReceivedSample sample) {
        readers.addLast(reader);
        samples.addLast(sample);
    }

    /** The first sample, or null. */
    ReceivedSample sample() {
        return samples.peekFirst();
    }

    /** Takes the first sample out; the result is whose it is, or null. */
    DataReader poll() {
        samples.pollFirst();
        return readers.pollFirst();
    }
}
