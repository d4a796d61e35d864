package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;

/** Puts a writer's samples into packets, whole or in fragments. */
final class ChangeSender {
    private final EntityId writer;

    ChangeSender(EntityId writer) {
        this.writer = writer;
    }

    /** A sample, or those of its fragments when it has some. */
    void write(Outbox outbox, Change change, EntityId reader, int firstFragment, int lastFragment) {
        if (change.isFragmented()) {
            for (int fragment = firstFragment; fragment <= lastFragment; fragment++) {
                outbox.add(fragment(change, reader, fragment));
            }
        } else {
            outbox.data(
                    reader,
                    writer,
                    change.sequence(),
                    change.inlineQos(),
                    change.payload(),
                    change.length(),
                    change.isKey());
        }
    }

    private Submessage.DataFrag fragment(Change change, EntityId reader, int fragment) {
        int offset = (fragment - 1) * Outbox.LARGEST_PAYLOAD;
        int length = Math.min(Outbox.LARGEST_PAYLOAD, change.length() - offset);
        return new Submessage.DataFrag(
                reader,
                writer,
                change.sequence(),
                fragment,
                1,
                Outbox.LARGEST_PAYLOAD,
                change.length(),
                change.inlineQos(),
                new Slice(change.payload(), offset, length));
    }

    /** Tells that the numbers from the first up to before the second are gone; nothing when the first is 0. */
    void gap(Outbox outbox, EntityId reader, long first, long end) {
        if (first > 0) {
            outbox.add(new Submessage.Gap(reader, writer, first, NumberSet.empty(end)));
        }
    }
}
