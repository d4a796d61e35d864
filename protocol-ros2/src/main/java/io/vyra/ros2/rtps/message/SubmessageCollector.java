package io.vyra.ros2.rtps.message;

/** Keeps a submessage as a value. */
final class SubmessageCollector implements SubmessageHandler {
    private Submessage submessage;

    Submessage submessage() {
        return submessage;
    }

    @Override
    public void data(
            EntityId reader,
            EntityId writer,
            long sequence,
            InlineQos inlineQos,
            byte[] array,
            int offset,
            int length,
            boolean isKey) {
        Slice payload = length == 0 ? Slice.EMPTY : new Slice(array, offset, length);
        submessage = new Submessage.Data(reader, writer, sequence, inlineQos, payload, isKey);
    }

    @Override
    public void heartbeat(
            EntityId reader, EntityId writer, long first, long last, int count, boolean isFinal, boolean isLiveliness) {
        submessage = new Submessage.Heartbeat(reader, writer, first, last, count, isFinal, isLiveliness);
    }

    @Override
    public void acknowledgement(
            EntityId reader, EntityId writer, long base, NumberSet missing, int count, boolean isFinal) {
        NumberSet set = missing.equals(NumberSet.NONE) ? NumberSet.empty(base) : missing;
        submessage = new Submessage.AckNack(reader, writer, set, count, isFinal);
    }

    @Override
    public void timestamp(long timestamp) {
        submessage = new Submessage.InfoTimestamp(timestamp);
    }

    @Override
    public void destination(GuidPrefix prefix) {
        submessage = new Submessage.InfoDestination(prefix);
    }

    @Override
    public void other(Submessage other) {
        submessage = other;
    }
}
