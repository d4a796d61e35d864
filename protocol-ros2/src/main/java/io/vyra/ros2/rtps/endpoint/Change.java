package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Slice;

/**
 * A sample in a writer's history.
 *
 * @param payload in an array of the pool
 */
record Change(long sequence, long timestamp, InlineQos inlineQos, Slice payload, boolean isKey) {
    boolean isFragmented() {
        return payload.length() > Outbox.LARGEST_PAYLOAD;
    }

    int fragments() {
        return (payload.length() + Outbox.LARGEST_PAYLOAD - 1) / Outbox.LARGEST_PAYLOAD;
    }
}
