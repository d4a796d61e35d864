package io.vyra.ros2.rtps.message;

import java.util.List;

/** What a packet consists of (DDSI-RTPS 2.5 §8.3.8, §9.4.5). Slices are valid as long as the packet is. */
public sealed interface Submessage {
    /**
     * A sample, or what became of an instance.
     *
     * @param payload with its encapsulation; empty when there is none
     * @param isKey whether the payload is a key only
     */
    record Data(EntityId reader, EntityId writer, long sequence, InlineQos inlineQos, Slice payload, boolean isKey)
            implements Submessage {}

    /**
     * A part of a sample.
     *
     * @param first number of the first fragment in here, from 1
     * @param count how many fragments are in here
     * @param fragmentSize of every fragment but the last, in bytes
     * @param sampleSize of the whole payload, in bytes
     */
    record DataFrag(
            EntityId reader,
            EntityId writer,
            long sequence,
            long first,
            int count,
            int fragmentSize,
            long sampleSize,
            InlineQos inlineQos,
            Slice payload)
            implements Submessage {}

    /** Which samples a writer has; with {@code isFinal} it asks for no answer. {@code first} is {@code last + 1} when it has none. */
    record Heartbeat(
            EntityId reader, EntityId writer, long first, long last, int count, boolean isFinal, boolean isLiveliness)
            implements Submessage {}

    /** A reader has everything before the set and lacks its members; with {@code isFinal} it asks for no answer. */
    record AckNack(EntityId reader, EntityId writer, NumberSet missing, int count, boolean isFinal)
            implements Submessage {}

    /** Samples from {@code start} up to the set, and its members, are not to be expected. */
    record Gap(EntityId reader, EntityId writer, long start, NumberSet gone) implements Submessage {}

    /** Which fragments of a sample a writer has sent. */
    record HeartbeatFrag(EntityId reader, EntityId writer, long sequence, long last, int count) implements Submessage {}

    /** Which fragments of a sample a reader lacks. */
    record NackFrag(EntityId reader, EntityId writer, long sequence, NumberSet missing, int count)
            implements Submessage {}

    /** When the samples after it were written, as seconds and fractions of 2⁻³² since 1970; 0 when it is not known. */
    record InfoTimestamp(long timestamp) implements Submessage {}

    /** For whom what follows is. */
    record InfoDestination(GuidPrefix prefix) implements Submessage {}

    /** From whom what follows is. */
    record InfoSource(GuidPrefix prefix, Vendor vendor) implements Submessage {}

    /** Where answers to what follows are to go. */
    record InfoReply(List<Locator> unicast) implements Submessage {
        public InfoReply {
            unicast = List.copyOf(unicast);
        }
    }

    /** One that this library does not know and need not. */
    record Unknown(int id) implements Submessage {}
}
