package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.endpoint.RtpsReader;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import java.util.Set;

/** Reads samples of a topic and gives them to its listener. Thread-safe. */
public final class DataReader implements AutoCloseable {
    private final Participant participant;
    private final EndpointDescription description;
    private final RtpsReader reader;
    private final SampleListener listener;

    DataReader(Participant participant, EndpointDescription description, RtpsReader reader, SampleListener listener) {
        this.participant = participant;
        this.description = description;
        this.reader = reader;
        this.listener = listener;
    }

    public Guid guid() {
        return description.guid();
    }

    public EndpointDescription description() {
        return description;
    }

    RtpsReader reader() {
        return reader;
    }

    SampleListener listener() {
        return listener;
    }

    /** Whether it reads from that writer. */
    public boolean isMatched(Guid writer) {
        return participant.locked(() -> reader.isMatched(writer));
    }

    /** With how many writers it is matched. */
    public int matched() {
        return participant.locked(reader::matched);
    }

    /** The writers that it reads from. */
    public Set<Guid> writers() {
        return participant.locked(reader::writers);
    }

    /** Whether that participant has acknowledged that it knows of this reader. */
    public boolean isKnownTo(GuidPrefix other) {
        return participant.isKnown(guid(), other);
    }

    /** How many samples never came. */
    public long lost() {
        return participant.locked(reader::lost);
    }

    /** Ends it. Others are told. */
    @Override
    public void close() {
        participant.remove(this);
    }
}
