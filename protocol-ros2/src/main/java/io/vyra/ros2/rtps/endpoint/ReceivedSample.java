package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.SampleIdentity;
import io.vyra.ros2.rtps.message.Slice;

/**
 * A sample as it came. Its payload is valid until the listener returns.
 *
 * @param timestamp when it was written, as seconds and fractions of 2⁻³² since 1970; 0 when it is not known
 * @param payload with its encapsulation
 * @param isKey whether the payload is a key only
 */
public record ReceivedSample(
        Guid writer, long sequence, long timestamp, InlineQos inlineQos, Slice payload, boolean isKey) {
    public SampleIdentity identity() {
        return new SampleIdentity(writer, sequence);
    }
}
