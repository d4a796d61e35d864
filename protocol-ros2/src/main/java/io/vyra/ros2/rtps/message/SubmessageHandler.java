package io.vyra.ros2.rtps.message;

/**
 * Is given the submessages of a packet, one by one. What comes with every sample comes as plain values, so that nothing is left for the garbage
 * collector; {@link Submessage} says what each means.
 */
public interface SubmessageHandler {
    /** A {@link Submessage.Data}, whose payload is valid as long as the packet is. */
    void data(
            EntityId reader,
            EntityId writer,
            long sequence,
            InlineQos inlineQos,
            byte[] array,
            int offset,
            int length,
            boolean isKey);

    /** A {@link Submessage.Heartbeat}. */
    void heartbeat(
            EntityId reader, EntityId writer, long first, long last, int count, boolean isFinal, boolean isLiveliness);

    /**
     * A {@link Submessage.AckNack}.
     *
     * @param base the reader has everything before it
     * @param missing {@link NumberSet#NONE} when there is nothing
     */
    void acknowledgement(EntityId reader, EntityId writer, long base, NumberSet missing, int count, boolean isFinal);

    /** A {@link Submessage.InfoTimestamp}. */
    void timestamp(long timestamp);

    /** A {@link Submessage.InfoDestination}. */
    void destination(GuidPrefix prefix);

    /** Any other. */
    void other(Submessage submessage);
}
