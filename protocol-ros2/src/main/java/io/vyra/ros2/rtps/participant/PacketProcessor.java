package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.endpoint.RtpsReader;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.NumberSet;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Submessage;
import io.vyra.ros2.rtps.message.SubmessageHandler;
import io.vyra.ros2.wire.WireReader;
import java.util.function.Consumer;

/** Gives each submessage of a packet to whom it is for (the receiver of DDSI-RTPS 2.5 §8.3.4). */
final class PacketProcessor implements SubmessageHandler {
    private final Discovery discovery;
    private final WireReader reader = new WireReader();
    private GuidPrefix source = GuidPrefix.UNKNOWN;
    private long timestamp;
    private boolean isForUs;
    private boolean isToGroup;

    PacketProcessor(Discovery discovery) {
        this.discovery = discovery;
    }

    /**
     * @throws io.vyra.ros2.wire.MalformedDataException when the packet is broken; what came before that place has been processed
     */
    void process(byte[] packet, int length, boolean isPacketToGroup) {
        reader.reset(packet, 0, length);
        source = Packets.readHeader(reader).prefix();
        isForUs = true;
        isToGroup = isPacketToGroup;
        timestamp = 0;
        discovery.seen(source);
        while (reader.remaining() >= 4) {
            Packets.read(reader, this);
        }
    }

    @Override
    public void destination(GuidPrefix prefix) {
        boolean isOwn = prefix.equals(discovery.prefix());
        isForUs = isOwn || prefix.equals(GuidPrefix.UNKNOWN);
        if (isOwn) {
            discovery.addressedBy(source);
        }
    }

    @Override
    public void timestamp(long time) {
        timestamp = time;
    }

    @Override
    public void data(
            EntityId to,
            EntityId from,
            long sequence,
            InlineQos inlineQos,
            byte[] array,
            int offset,
            int length,
            boolean isKey) {
        if (!isForUs) {
            return;
        }
        if (from.equals(EntityId.SPDP_WRITER)) {
            discovery.participantAnnounced(source, sequence, inlineQos, new Slice(array, offset, length), isKey);
            return;
        }
        Guid writer = Guid.of(source, from);
        for (int i = 0; !isToGroup && i < discovery.readers().size(); i++) {
            RtpsReader each = discovery.readers().get(i);
            if (isFor(each, to, writer)) {
                each.data(writer, sequence, timestamp, inlineQos, array, offset, length, isKey);
            }
        }
    }

    /** Whether the reader is the one of that name, or one of all that read from the writer. */
    private static boolean isFor(RtpsReader each, EntityId to, Guid writer) {
        return to.equals(EntityId.UNKNOWN)
                ? each.isMatched(writer)
                : each.guid().entity().equals(to);
    }

    @Override
    public void heartbeat(
            EntityId to, EntityId from, long first, long last, int count, boolean isFinal, boolean isLiveliness) {
        Guid writer = Guid.of(source, from);
        for (int i = 0; isForUs && !isToGroup && i < discovery.readers().size(); i++) {
            RtpsReader each = discovery.readers().get(i);
            if (isFor(each, to, writer)) {
                each.heartbeat(writer, first, last, count, isFinal);
            }
        }
    }

    @Override
    public void acknowledgement(EntityId from, EntityId to, long base, NumberSet missing, int count, boolean isFinal) {
        RtpsWriter writer = isForUs && !isToGroup ? discovery.writer(to) : null;
        if (writer != null) {
            writer.acknowledge(Guid.of(source, from), base, missing, count, isFinal);
        }
    }

    @Override
    public void other(Submessage submessage) {
        switch (submessage) {
            case Submessage.InfoSource info -> source = info.prefix();
            case Submessage.DataFrag data ->
                each(
                        data.reader(),
                        data.writer(),
                        reader -> reader.fragments(Guid.of(source, data.writer()), data, timestamp));
            case Submessage.HeartbeatFrag it ->
                each(it.reader(), it.writer(), reader -> reader.heartbeatFragments(Guid.of(source, it.writer()), it));
            case Submessage.Gap gap ->
                each(gap.reader(), gap.writer(), reader -> reader.gap(Guid.of(source, gap.writer()), gap));
            case Submessage.NackFrag nack -> {
                RtpsWriter writer = isForUs && !isToGroup ? discovery.writer(nack.writer()) : null;
                if (writer != null) {
                    writer.resendFragments(Guid.of(source, nack.reader()), nack);
                }
            }
            case Submessage.InfoReply _, Submessage.Unknown _ -> {}
            case Submessage.Data _,
                    Submessage.Heartbeat _,
                    Submessage.AckNack _,
                    Submessage.InfoTimestamp _,
                    Submessage.InfoDestination _ ->
                throw new IllegalArgumentException("It has a method of its own: " + submessage);
        }
    }

    private void each(EntityId to, EntityId from, Consumer<RtpsReader> action) {
        if (isForUs && !isToGroup) {
            Guid writer = Guid.of(source, from);
            discovery.readers().stream()
                    .filter(reader -> isFor(reader, to, writer))
                    .forEach(action);
        }
    }
}
