package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.wire.WireReader;

/** Gives each submessage of a packet to whom it is for (the receiver of DDSI-RTPS 2.5 §8.3.4). */
final class PacketProcessor {
    private final Discovery discovery;
    private final WireReader reader = new WireReader();

    PacketProcessor(Discovery discovery) {
        this.discovery = discovery;
    }

    /**
     * @throws io.vyra.ros2.wire.MalformedDataException when the packet is broken; what came before that place has been processed
     */
    void process(byte[] packet, int length, boolean isToGroup) {
        reader.reset(packet, 0, length);
        GuidPrefix source = Packets.readHeader(reader).prefix();
        boolean isForUs = true;
        long timestamp = 0;
        discovery.seen(source);
        while (reader.remaining() >= 4) {
            Submessage submessage = Packets.read(reader);
            switch (submessage) {
                case Submessage.InfoDestination(GuidPrefix prefix) ->
                    isForUs = prefix.equals(GuidPrefix.UNKNOWN) || prefix.equals(discovery.prefix());
                case Submessage.InfoTimestamp(long time) -> timestamp = time;
                case Submessage.InfoSource info -> source = info.prefix();
                case Submessage.InfoReply _, Submessage.Unknown _ -> {}
                case Submessage.Data data -> {
                    if (isForUs) {
                        data(source, data, timestamp, isToGroup);
                    }
                }
                case Submessage.DataFrag _,
                        Submessage.Heartbeat _,
                        Submessage.AckNack _,
                        Submessage.Gap _,
                        Submessage.HeartbeatFrag _,
                        Submessage.NackFrag _ -> {
                    if (isForUs && !isToGroup) {
                        entity(source, submessage, timestamp);
                    }
                }
            }
        }
    }

    private void data(GuidPrefix source, Submessage.Data data, long timestamp, boolean isToGroup) {
        if (data.writer().equals(EntityId.SPDP_WRITER)) {
            discovery.participantAnnounced(source, data);
        } else if (!isToGroup) {
            Guid writer = new Guid(source, data.writer());
            discovery.readers(writer, data.reader(), reader -> reader.data(writer, data, timestamp));
        }
    }

    private void entity(GuidPrefix source, Submessage submessage, long timestamp) {
        switch (submessage) {
            case Submessage.DataFrag data -> {
                Guid writer = new Guid(source, data.writer());
                discovery.readers(writer, data.reader(), reader -> reader.fragments(writer, data, timestamp));
            }
            case Submessage.Heartbeat heartbeat -> {
                Guid writer = new Guid(source, heartbeat.writer());
                discovery.readers(writer, heartbeat.reader(), reader -> reader.heartbeat(writer, heartbeat));
            }
            case Submessage.HeartbeatFrag heartbeat -> {
                Guid writer = new Guid(source, heartbeat.writer());
                discovery.readers(writer, heartbeat.reader(), reader -> reader.heartbeatFragments(writer, heartbeat));
            }
            case Submessage.Gap gap -> {
                Guid writer = new Guid(source, gap.writer());
                discovery.readers(writer, gap.reader(), reader -> reader.gap(writer, gap));
            }
            case Submessage.AckNack ack ->
                discovery.writer(ack.writer(), writer -> writer.acknowledge(new Guid(source, ack.reader()), ack));
            case Submessage.NackFrag nack ->
                discovery.writer(
                        nack.writer(), writer -> writer.resendFragments(new Guid(source, nack.reader()), nack));
            case Submessage.Data _,
                    Submessage.InfoTimestamp _,
                    Submessage.InfoDestination _,
                    Submessage.InfoSource _,
                    Submessage.InfoReply _,
                    Submessage.Unknown _ -> throw new IllegalArgumentException("Not for an entity: " + submessage);
        }
    }
}
