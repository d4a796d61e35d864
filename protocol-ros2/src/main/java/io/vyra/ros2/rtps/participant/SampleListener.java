package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.endpoint.ReceivedSample;

/** Is given the samples of a reader, by the thread that receives: it must not block. */
@FunctionalInterface
public interface SampleListener {
    /**
     * @param sample its payload is valid until this method returns
     */
    void sample(ReceivedSample sample);
}
