package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Slice;
import java.time.Duration;
import java.util.Set;

/** Writes samples to a topic. Thread-safe. */
public final class DataWriter implements AutoCloseable {
    private final Participant participant;
    private final EndpointDescription description;
    private final RtpsWriter writer;

    DataWriter(Participant participant, EndpointDescription description, RtpsWriter writer) {
        this.participant = participant;
        this.description = description;
        this.writer = writer;
    }

    public Guid guid() {
        return description.guid();
    }

    public EndpointDescription description() {
        return description;
    }

    RtpsWriter writer() {
        return writer;
    }

    /**
     * Writes a sample, whose payload is copied. With keep-all it waits up to ten milliseconds when 192 KiB are unacknowledged, once for each 192
     * KiB, but not in a listener; and up to a second when as many samples are as the limits of its quality of service allow, 5,000 by default.
     *
     * @param payload with its encapsulation
     * @return the sample's number, or 0 when there was no room
     */
    public long write(Slice payload, InlineQos inlineQos) {
        return participant.write(writer, payload, inlineQos);
    }

    public long write(byte[] payload) {
        return write(Slice.of(payload), InlineQos.NONE);
    }

    /** Whether it writes to that reader. */
    public boolean isMatched(Guid reader) {
        return participant.locked(() -> writer.isMatched(reader));
    }

    /** With how many readers it is matched. */
    public int matched() {
        return participant.locked(writer::matched);
    }

    /** The readers that it writes to. */
    public Set<Guid> readers() {
        return participant.locked(writer::readers);
    }

    /** The number of the last sample. */
    public long sequence() {
        return participant.locked(writer::sequence);
    }

    /** How many samples and fragments were sent again. */
    public long resent() {
        return participant.locked(writer::resent);
    }

    /** Waits until every reliable reader has everything. The result is whether that came to be in time. */
    public boolean awaitAcknowledged(Duration timeout) throws InterruptedException {
        return participant.awaitAcknowledged(writer, timeout);
    }

    /** Ends it. Others are told. */
    @Override
    public void close() {
        participant.remove(this);
    }
}
