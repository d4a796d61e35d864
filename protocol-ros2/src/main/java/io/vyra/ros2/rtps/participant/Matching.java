package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.endpoint.Destination;
import io.vyra.ros2.rtps.endpoint.MemoryBudget;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.qos.QosMatching;
import io.vyra.ros2.rtps.qos.QosPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Brings this participant's endpoints together with all those of the same topic and type that fit. Guarded by the participant's lock. */
final class Matching {
    private final Events events;
    private final Map<GuidPrefix, RemoteParticipant> participants;
    private final Map<Guid, DataWriter> writers = new LinkedHashMap<>();
    private final Map<Guid, DataReader> readers = new LinkedHashMap<>();

    Matching(Events events, Map<GuidPrefix, RemoteParticipant> participants) {
        this.events = events;
        this.participants = participants;
    }

    void add(DataWriter writer, Discovery.Route route) {
        writers.put(writer.guid(), writer);
        for (RemoteParticipant participant : participants.values()) {
            for (EndpointDescription reader : participant.readers.values()) {
                match(writer, reader, route.to(participant, reader));
            }
        }
    }

    void add(DataReader reader, Discovery.Route route) {
        readers.put(reader.guid(), reader);
        for (RemoteParticipant participant : participants.values()) {
            for (EndpointDescription writer : participant.writers.values()) {
                match(reader, writer, route.to(participant, writer), participant.budget);
            }
        }
    }

    void remove(DataWriter writer) {
        writers.remove(writer.guid());
    }

    void remove(DataReader reader) {
        readers.remove(reader.guid());
    }

    void writerFound(EndpointDescription writer, Destination destination, MemoryBudget budget) {
        readers.values().forEach(reader -> match(reader, writer, destination, budget));
    }

    void readerFound(EndpointDescription reader, Destination destination) {
        writers.values().forEach(writer -> match(writer, reader, destination));
    }

    /** A writer is reached elsewhere from now on. */
    void writerMoved(Guid writer, Destination destination) {
        readers.values().forEach(reader -> reader.reader().move(writer, destination));
    }

    /** A reader is reached elsewhere from now on. */
    void readerMoved(Guid reader, Destination destination) {
        writers.values().forEach(writer -> writer.writer().move(reader, destination));
    }

    void writerLost(Guid writer) {
        readers.values().forEach(reader -> unmatch(reader, writer));
    }

    void readerLost(Guid reader) {
        writers.values().forEach(writer -> unmatch(writer, reader));
    }

    private void match(DataWriter writer, EndpointDescription reader, Destination destination) {
        if (!isSame(writer.description(), reader)) {
            return;
        }
        Set<QosPolicy> policies = QosMatching.incompatible(writer.description().qos(), reader.qos());
        if (!policies.isEmpty()) {
            unmatch(writer, reader.guid());
            events.tell(listener -> listener.incompatible(writer.guid(), reader, policies));
        } else if (!writer.writer().isMatched(reader.guid())) {
            writer.writer().match(reader.guid(), destination, reader.qos());
            events.tell(listener -> listener.matched(writer.guid(), reader.guid()));
        }
    }

    private void match(DataReader reader, EndpointDescription writer, Destination destination, MemoryBudget budget) {
        if (!isSame(reader.description(), writer)) {
            return;
        }
        Set<QosPolicy> policies =
                QosMatching.incompatible(writer.qos(), reader.description().qos());
        if (!policies.isEmpty()) {
            unmatch(reader, writer.guid());
            events.tell(listener -> listener.incompatible(reader.guid(), writer, policies));
        } else if (!reader.reader().isMatched(writer.guid())) {
            reader.reader().match(writer.guid(), destination, budget);
            events.tell(listener -> listener.matched(reader.guid(), writer.guid()));
        }
    }

    private static boolean isSame(EndpointDescription one, EndpointDescription other) {
        return one.topic().equals(other.topic()) && one.type().equals(other.type());
    }

    private void unmatch(DataWriter writer, Guid reader) {
        if (writer.writer().isMatched(reader)) {
            writer.writer().unmatch(reader);
            events.tell(listener -> listener.unmatched(writer.guid(), reader));
        }
    }

    private void unmatch(DataReader reader, Guid writer) {
        if (reader.reader().isMatched(writer)) {
            reader.reader().unmatch(writer);
            events.tell(listener -> listener.unmatched(reader.guid(), writer));
        }
    }
}
