package io.vyra.ros2.rtps.discovery;

import io.vyra.ros2.cdr.Encapsulation;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Locator;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.ParameterId;
import io.vyra.ros2.rtps.message.Parameters;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Descriptions as payloads of parameters, and back. Every failure to read is a {@link MalformedDataException}. */
public final class DiscoveryCodec {
    private static final int LARGEST = 1 << 16;
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(100);
    private static final int MOST_LOCATORS = 16;

    private DiscoveryCodec() {}

    /** A description as it is announced. */
    public static byte[] write(ParticipantDescription description) {
        WireWriter writer = new WireWriter(LARGEST);
        Encapsulation.writeParametersHeader(writer);
        int version = Parameters.start(writer, ParameterId.PROTOCOL_VERSION);
        writer.i8(description.version() >>> 8);
        writer.i8(description.version());
        Parameters.end(writer, version);
        int vendor = Parameters.start(writer, ParameterId.VENDOR_ID);
        writer.i8(description.vendor().id() >>> 8);
        writer.i8(description.vendor().id());
        Parameters.end(writer, vendor);
        writeGuid(writer, ParameterId.PARTICIPANT_GUID, new Guid(description.prefix(), EntityId.PARTICIPANT));
        writeInt(writer, ParameterId.BUILTIN_ENDPOINT_SET, description.builtInEndpoints());
        description
                .metatraffic()
                .forEach(locator -> writeLocator(
                        writer,
                        locator.isMulticast()
                                ? ParameterId.METATRAFFIC_MULTICAST_LOCATOR
                                : ParameterId.METATRAFFIC_UNICAST_LOCATOR,
                        locator));
        description
                .defaultLocators()
                .forEach(locator -> writeLocator(
                        writer,
                        locator.isMulticast()
                                ? ParameterId.DEFAULT_MULTICAST_LOCATOR
                                : ParameterId.DEFAULT_UNICAST_LOCATOR,
                        locator));
        int lease = Parameters.start(writer, ParameterId.PARTICIPANT_LEASE_DURATION);
        QosCodec.writeDuration(writer, description.lease());
        Parameters.end(writer, lease);
        writeText(writer, ParameterId.ENTITY_NAME, description.name());
        QosCodec.writeOctets(writer, ParameterId.USER_DATA, description.userData());
        Parameters.sentinel(writer);
        return writer.toArray();
    }

    /** A participant's description. */
    public static ParticipantDescription readParticipant(Slice payload) {
        ParticipantCollector collector = new ParticipantCollector();
        Parameters.read(reader(payload), collector);
        return collector.description();
    }

    private static final class ParticipantCollector implements Parameters.Visitor {
        private GuidPrefix prefix;
        private Vendor vendor = Vendor.UNKNOWN;
        private int version = Packets.VERSION;
        private int endpoints;
        private final List<Locator> metatraffic = new ArrayList<>();
        private final List<Locator> defaults = new ArrayList<>();
        private Duration lease = DEFAULT_LEASE;
        private String name = "";
        private String userData = "";

        @Override
        public void parameter(int id, WireReader value) {
            switch (id) {
                case ParameterId.PROTOCOL_VERSION -> version = value.u8() << 8 | value.u8();
                case ParameterId.VENDOR_ID -> vendor = new Vendor(value.u8() << 8 | value.u8());
                case ParameterId.PARTICIPANT_GUID -> prefix = Guid.read(value).prefix();
                case ParameterId.BUILTIN_ENDPOINT_SET -> endpoints = value.i32();
                case ParameterId.METATRAFFIC_UNICAST_LOCATOR -> addUnicast(metatraffic, value);
                case ParameterId.DEFAULT_UNICAST_LOCATOR -> addUnicast(defaults, value);
                case ParameterId.PARTICIPANT_LEASE_DURATION -> lease = QosCodec.readDuration(value);
                case ParameterId.ENTITY_NAME -> name = QosCodec.readText(value);
                case ParameterId.USER_DATA -> userData = QosCodec.readOctets(value);
                default -> {}
            }
        }

        private ParticipantDescription description() {
            if (prefix == null) {
                throw new MalformedDataException("A participant does not say who it is");
            }
            return new ParticipantDescription(
                    prefix, vendor, version, endpoints, metatraffic, defaults, lease, name, userData);
        }
    }

    /** A description as it is announced. */
    public static byte[] write(EndpointDescription description) {
        WireWriter writer = new WireWriter(LARGEST);
        Encapsulation.writeParametersHeader(writer);
        writeGuid(writer, ParameterId.ENDPOINT_GUID, description.guid());
        writeGuid(
                writer,
                ParameterId.PARTICIPANT_GUID,
                new Guid(description.guid().prefix(), EntityId.PARTICIPANT));
        writeText(writer, ParameterId.TOPIC_NAME, description.topic());
        writeText(writer, ParameterId.TYPE_NAME, description.type());
        description.unicast().forEach(locator -> writeLocator(writer, ParameterId.UNICAST_LOCATOR, locator));
        QosCodec.write(writer, description.qos());
        QosCodec.writeOctets(writer, ParameterId.USER_DATA, description.userData());
        Parameters.sentinel(writer);
        return writer.toArray();
    }

    /** A writer's or a reader's description. */
    public static EndpointDescription readEndpoint(Slice payload, boolean isWriter) {
        EndpointCollector collector = new EndpointCollector(isWriter);
        Parameters.read(reader(payload), collector);
        return collector.description();
    }

    private static final class EndpointCollector implements Parameters.Visitor {
        private Guid guid;
        private String topic;
        private String type;
        private final QosCodec.Collector qos;
        private final List<Locator> unicast = new ArrayList<>();
        private String userData = "";

        private EndpointCollector(boolean isWriter) {
            qos = new QosCodec.Collector(isWriter);
        }

        @Override
        public void parameter(int id, WireReader value) {
            switch (id) {
                case ParameterId.ENDPOINT_GUID -> guid = Guid.read(value);
                case ParameterId.TOPIC_NAME -> topic = QosCodec.readText(value);
                case ParameterId.TYPE_NAME -> type = QosCodec.readText(value);
                case ParameterId.UNICAST_LOCATOR -> addUnicast(unicast, value);
                case ParameterId.USER_DATA -> userData = QosCodec.readOctets(value);
                default -> qos.parameter(id, value);
            }
        }

        private EndpointDescription description() {
            if (guid == null || topic == null || type == null) {
                throw new MalformedDataException("An endpoint does not say who it is, or of which topic and type");
            }
            return new EndpointDescription(guid, topic, type, qos.qos(), unicast, userData);
        }
    }

    /** The key of an instance that is gone: a participant's or an endpoint's GUID. */
    public static byte[] writeKey(boolean isParticipant, Guid guid) {
        WireWriter writer = new WireWriter(64);
        Encapsulation.writeParametersHeader(writer);
        writeGuid(writer, isParticipant ? ParameterId.PARTICIPANT_GUID : ParameterId.ENDPOINT_GUID, guid);
        Parameters.sentinel(writer);
        return writer.toArray();
    }

    /** The GUID that a payload of only a key names, or {@link Guid#UNKNOWN}. */
    public static Guid readKey(Slice payload) {
        Guid[] found = {Guid.UNKNOWN};
        Parameters.read(reader(payload), (id, value) -> {
            if (id == ParameterId.ENDPOINT_GUID
                    || (id == ParameterId.PARTICIPANT_GUID && found[0].equals(Guid.UNKNOWN))) {
                found[0] = Guid.read(value);
            }
        });
        return found[0];
    }

    private static WireReader reader(Slice payload) {
        WireReader reader = new WireReader().reset(payload.array(), payload.offset(), payload.length());
        Encapsulation.readParametersHeader(reader);
        return reader;
    }

    private static void addUnicast(List<Locator> locators, WireReader value) {
        if (locators.size() < MOST_LOCATORS) {
            Locator.read(value).filter(locator -> !locator.isMulticast()).ifPresent(locators::add);
        }
    }

    private static void writeGuid(WireWriter writer, int id, Guid guid) {
        int start = Parameters.start(writer, id);
        guid.write(writer);
        Parameters.end(writer, start);
    }

    private static void writeInt(WireWriter writer, int id, int value) {
        int start = Parameters.start(writer, id);
        writer.i32(value);
        Parameters.end(writer, start);
    }

    private static void writeLocator(WireWriter writer, int id, Locator locator) {
        int start = Parameters.start(writer, id);
        locator.write(writer);
        Parameters.end(writer, start);
    }

    private static void writeText(WireWriter writer, int id, String text) {
        int start = Parameters.start(writer, id);
        QosCodec.writeText(writer, text);
        Parameters.end(writer, start);
    }
}
