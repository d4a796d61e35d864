package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The codec: a header and submessages (DDSI-RTPS 2.5 §9.4). Reads both byte orders, writes little-endian. */
public final class Packets {
    /** What this library speaks. */
    public static final int VERSION = 0x0205;

    /** How many bytes the header takes. */
    public static final int HEADER = 20;

    private static final int MAGIC = 0x52545053;
    private static final int ACKNACK = 0x06;
    private static final int HEARTBEAT = 0x07;
    private static final int GAP = 0x08;
    private static final int INFO_TS = 0x09;
    private static final int INFO_SRC = 0x0c;
    private static final int INFO_REPLY_IP4 = 0x0d;
    private static final int INFO_DST = 0x0e;
    private static final int INFO_REPLY = 0x0f;
    private static final int NACK_FRAG = 0x12;
    private static final int HEARTBEAT_FRAG = 0x13;
    private static final int DATA = 0x15;
    private static final int DATA_FRAG = 0x16;
    private static final int PAD = 0x01;

    private static final int LITTLE = 0x01;
    private static final int TO_DATA_QOS = 16;
    private static final int TO_DATA_FRAG_QOS = 28;
    private static final int MOST_LOCATORS = 64;

    private Packets() {}

    /**
     * From whom a packet is.
     *
     * @param version as 0x0205
     */
    public record Header(int version, Vendor vendor, GuidPrefix prefix) {}

    /**
     * Reads a packet's start.
     *
     * @throws MalformedDataException when it is none of RTPS 2
     */
    public static Header readHeader(WireReader reader) {
        reader.order(ByteOrder.BIG_ENDIAN);
        int magic = reader.i32();
        int version = reader.u16();
        if (magic != MAGIC || version >>> 8 != 2) {
            throw new MalformedDataException("The packet is none of RTPS 2");
        }
        Vendor vendor = Vendor.of(reader.u16());
        return new Header(version, vendor, GuidPrefix.read(reader));
    }

    public static void writeHeader(WireWriter writer, Header header) {
        writer.order(ByteOrder.BIG_ENDIAN);
        writer.i32(MAGIC);
        writer.i16(header.version());
        writer.i16(header.vendor().id());
        header.prefix().write(writer);
        writer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the next submessage of a packet.
     *
     * @throws MalformedDataException when it ends outside of the packet or says what cannot be; the rest of the packet is then of no use
     */
    public static Submessage read(WireReader reader) {
        SubmessageCollector collector = new SubmessageCollector();
        read(reader, collector);
        return collector.submessage();
    }

    /**
     * Reads the next submessage of a packet and gives it to the handler.
     *
     * @throws MalformedDataException when it ends outside of the packet or says what cannot be; the rest of the packet is then of no use
     */
    public static void read(WireReader reader, SubmessageHandler handler) {
        int id = reader.u8();
        int flags = reader.u8();
        reader.order((flags & LITTLE) != 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int length = reader.u16();
        if (length == 0 && id != PAD && id != INFO_TS) {
            length = reader.remaining();
        }
        if (length > reader.remaining()) {
            throw new MalformedDataException(
                    "The submessage " + id + " has " + length + " bytes, but " + reader.remaining() + " follow");
        }
        int limit = reader.limit();
        int end = reader.position() + length;
        reader.limit(end);
        switch (id) {
            case DATA -> data(reader, flags, handler);
            case HEARTBEAT -> heartbeat(reader, flags, handler);
            case ACKNACK -> acknowledgement(reader, flags, handler);
            case INFO_TS -> handler.timestamp((flags & 2) != 0 ? 0 : readTime(reader));
            case INFO_DST -> handler.destination(GuidPrefix.read(reader));
            default -> handler.other(other(reader, id, flags));
        }
        reader.position(end);
        reader.limit(limit);
    }

    private static void acknowledgement(WireReader reader, int flags, SubmessageHandler handler) {
        EntityId from = EntityId.read(reader);
        EntityId to = EntityId.read(reader);
        long base = readSequence(reader);
        NumberSet missing = NumberSet.readMembers(reader, base);
        handler.acknowledgement(from, to, Math.max(1, base), missing, reader.i32(), (flags & 2) != 0);
    }

    private static Submessage other(WireReader reader, int id, int flags) {
        return switch (id) {
            case DATA_FRAG -> dataFrag(reader, flags);
            case GAP -> gap(reader);
            case HEARTBEAT_FRAG ->
                new Submessage.HeartbeatFrag(
                        EntityId.read(reader), EntityId.read(reader), sample(reader), reader.u32(), reader.i32());
            case NACK_FRAG ->
                new Submessage.NackFrag(
                        EntityId.read(reader),
                        EntityId.read(reader),
                        sample(reader),
                        NumberSet.read(reader, reader.u32()),
                        reader.i32());
            case INFO_SRC -> {
                reader.skip(6);
                ByteOrder order = reader.order();
                int vendor = reader.order(ByteOrder.BIG_ENDIAN).u16();
                reader.order(order);
                yield new Submessage.InfoSource(GuidPrefix.read(reader), Vendor.of(vendor));
            }
            case INFO_REPLY -> infoReply(reader);
            case INFO_REPLY_IP4 ->
                new Submessage.InfoReply(Locator.readShort(reader).stream().toList());
            default -> new Submessage.Unknown(id);
        };
    }

    private static void data(WireReader reader, int flags, SubmessageHandler handler) {
        reader.skip(2);
        int toQos = reader.u16();
        int qos = reader.position() + toQos;
        EntityId to = EntityId.read(reader);
        EntityId from = EntityId.read(reader);
        long sequence = sample(reader);
        InlineQos inlineQos = inlineQos(reader, qos, (flags & 2) != 0);
        boolean hasPayload = (flags & (4 | 8)) != 0;
        handler.data(
                to,
                from,
                sequence,
                inlineQos,
                reader.array(),
                reader.position(),
                hasPayload ? reader.remaining() : 0,
                (flags & 8) != 0);
    }

    private static Submessage dataFrag(WireReader reader, int flags) {
        reader.skip(2);
        int toQos = reader.u16();
        int qos = reader.position() + toQos;
        EntityId to = EntityId.read(reader);
        EntityId from = EntityId.read(reader);
        long sequence = sample(reader);
        long first = reader.u32();
        int count = reader.u16();
        int size = reader.u16();
        long sampleSize = reader.u32();
        long fragments = size == 0 ? 0 : (sampleSize + size - 1) / size;
        if (first < 1 || count < 1 || first + count - 1 > fragments) {
            throw new MalformedDataException("Fragments " + first + " to " + (first + count - 1) + " of " + fragments);
        }
        InlineQos inlineQos = inlineQos(reader, qos, (flags & 2) != 0);
        Slice payload = rest(reader);
        long expected = Math.min((long) count * size, sampleSize - (first - 1) * size);
        if (payload.length() < expected) {
            throw new MalformedDataException("Fragments of " + expected + " bytes have " + payload.length());
        }
        return new Submessage.DataFrag(
                to,
                from,
                sequence,
                first,
                count,
                size,
                sampleSize,
                inlineQos,
                new Slice(payload.array(), payload.offset(), (int) expected));
    }

    private static InlineQos inlineQos(WireReader reader, int position, boolean isPresent) {
        if (position < reader.position()) {
            throw new MalformedDataException("The inline QoS starts within the submessage's own fields");
        }
        reader.position(position);
        return isPresent ? InlineQos.read(reader) : InlineQos.NONE;
    }

    private static Slice rest(WireReader reader) {
        return new Slice(reader.array(), reader.position(), reader.remaining());
    }

    private static void heartbeat(WireReader reader, int flags, SubmessageHandler handler) {
        EntityId to = EntityId.read(reader);
        EntityId from = EntityId.read(reader);
        long first = readSequence(reader);
        long last = readSequence(reader);
        if (first < 1 || last < first - 1) {
            throw new MalformedDataException("A heartbeat from " + first + " to " + last);
        }
        handler.heartbeat(to, from, first, last, reader.i32(), (flags & 2) != 0, (flags & 4) != 0);
    }

    private static Submessage gap(WireReader reader) {
        EntityId to = EntityId.read(reader);
        EntityId from = EntityId.read(reader);
        long start = sample(reader);
        NumberSet gone = NumberSet.read(reader, readSequence(reader));
        if (gone.base() < start) {
            throw new MalformedDataException("A gap from " + start + " to " + gone.base());
        }
        return new Submessage.Gap(to, from, start, gone);
    }

    private static Submessage infoReply(WireReader reader) {
        int count = reader.count("A list of locators", Locator.SIZE);
        List<Locator> locators = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST_LOCATORS); i++) {
            Locator.read(reader).ifPresent(locators::add);
        }
        return new Submessage.InfoReply(locators);
    }

    private static long sample(WireReader reader) {
        long sequence = readSequence(reader);
        if (sequence < 1) {
            throw new MalformedDataException("The sequence number " + sequence);
        }
        return sequence;
    }

    static long readSequence(WireReader reader) {
        return (long) reader.i32() << 32 | reader.u32();
    }

    static void writeSequence(WireWriter writer, long sequence) {
        writer.i32((int) (sequence >> 32));
        writer.i32((int) sequence);
    }

    private static long readTime(WireReader reader) {
        return (long) reader.i32() << 32 | reader.u32();
    }

    /** Adds a submessage to a packet. */
    public static void write(WireWriter writer, Submessage submessage) {
        writer.order(ByteOrder.LITTLE_ENDIAN);
        switch (submessage) {
            case Submessage.Data(
                    EntityId to,
                    EntityId from,
                    long sequence,
                    InlineQos inlineQos,
                    Slice(byte[] array, int offset, int length),
                    boolean isKey) -> writeData(writer, to, from, sequence, inlineQos, array, offset, length, isKey);
            case Submessage.DataFrag data -> write(writer, data);
            case Submessage.Heartbeat it ->
                writeHeartbeat(
                        writer,
                        it.reader(),
                        it.writer(),
                        it.first(),
                        it.last(),
                        it.count(),
                        it.isFinal(),
                        it.isLiveliness());
            case Submessage.AckNack ack ->
                writeAcknowledgement(
                        writer,
                        ack.reader(),
                        ack.writer(),
                        ack.missing().base(),
                        ack.missing(),
                        ack.count(),
                        ack.isFinal());
            case Submessage.Gap gap -> {
                int start = start(writer, GAP, 0);
                gap.reader().write(writer);
                gap.writer().write(writer);
                writeSequence(writer, gap.start());
                writeSequence(writer, gap.gone().base());
                gap.gone().write(writer);
                end(writer, start);
            }
            case Submessage.HeartbeatFrag heartbeat -> {
                int start = start(writer, HEARTBEAT_FRAG, 0);
                heartbeat.reader().write(writer);
                heartbeat.writer().write(writer);
                writeSequence(writer, heartbeat.sequence());
                writer.i32((int) heartbeat.last());
                writer.i32(heartbeat.count());
                end(writer, start);
            }
            case Submessage.NackFrag nack -> {
                int start = start(writer, NACK_FRAG, 0);
                nack.reader().write(writer);
                nack.writer().write(writer);
                writeSequence(writer, nack.sequence());
                writer.i32((int) nack.missing().base());
                nack.missing().write(writer);
                writer.i32(nack.count());
                end(writer, start);
            }
            case Submessage.InfoTimestamp(long timestamp) -> writeTimestamp(writer, timestamp);
            case Submessage.InfoDestination(GuidPrefix prefix) -> writeDestination(writer, prefix);
            case Submessage.InfoSource source -> {
                int start = start(writer, INFO_SRC, 0);
                writer.zeros(4);
                writer.order(ByteOrder.BIG_ENDIAN);
                writer.i16(VERSION);
                writer.i16(source.vendor().id());
                writer.order(ByteOrder.LITTLE_ENDIAN);
                source.prefix().write(writer);
                end(writer, start);
            }
            case Submessage.InfoReply reply -> {
                int start = start(writer, INFO_REPLY, 0);
                writer.i32(reply.unicast().size());
                reply.unicast().forEach(locator -> locator.write(writer));
                end(writer, start);
            }
            case Submessage.Unknown unknown ->
                throw new IllegalArgumentException("Nobody knows how to write " + unknown);
        }
    }

    /** Adds a {@link Submessage.Data} to a packet. */
    public static void writeData(
            WireWriter writer,
            EntityId to,
            EntityId from,
            long sequence,
            InlineQos inlineQos,
            byte[] array,
            int offset,
            int length,
            boolean isKey) {
        boolean hasQos = !inlineQos.isEmpty();
        writer.order(ByteOrder.LITTLE_ENDIAN);
        int start = start(writer, DATA, (hasQos ? 2 : 0) | (length > 0 ? (isKey ? 8 : 4) : 0));
        writer.i16(0);
        writer.i16(TO_DATA_QOS);
        to.write(writer);
        from.write(writer);
        writeSequence(writer, sequence);
        if (hasQos) {
            inlineQos.write(writer);
        }
        writer.bytes(array, offset, length);
        end(writer, start);
    }

    /** Adds a {@link Submessage.Heartbeat} to a packet. */
    public static void writeHeartbeat(
            WireWriter writer,
            EntityId to,
            EntityId from,
            long first,
            long last,
            int count,
            boolean isFinal,
            boolean isLiveliness) {
        writer.order(ByteOrder.LITTLE_ENDIAN);
        int start = start(writer, HEARTBEAT, (isFinal ? 2 : 0) | (isLiveliness ? 4 : 0));
        to.write(writer);
        from.write(writer);
        writeSequence(writer, first);
        writeSequence(writer, last);
        writer.i32(count);
        end(writer, start);
    }

    /** Adds a {@link Submessage.AckNack} to a packet. */
    public static void writeAcknowledgement(
            WireWriter writer, EntityId from, EntityId to, long base, NumberSet missing, int count, boolean isFinal) {
        writer.order(ByteOrder.LITTLE_ENDIAN);
        int start = start(writer, ACKNACK, isFinal ? 2 : 0);
        from.write(writer);
        to.write(writer);
        writeSequence(writer, base);
        missing.write(writer);
        writer.i32(count);
        end(writer, start);
    }

    /** Adds a {@link Submessage.InfoTimestamp} to a packet. */
    public static void writeTimestamp(WireWriter writer, long timestamp) {
        writer.order(ByteOrder.LITTLE_ENDIAN);
        int start = start(writer, INFO_TS, timestamp == 0 ? 2 : 0);
        if (timestamp != 0) {
            writeSequence(writer, timestamp);
        }
        end(writer, start);
    }

    /** Adds a {@link Submessage.InfoDestination} to a packet. */
    public static void writeDestination(WireWriter writer, GuidPrefix prefix) {
        writer.order(ByteOrder.LITTLE_ENDIAN);
        int start = start(writer, INFO_DST, 0);
        prefix.write(writer);
        end(writer, start);
    }

    private static void write(WireWriter writer, Submessage.DataFrag data) {
        boolean hasQos = !data.inlineQos().isEmpty();
        int start = start(writer, DATA_FRAG, hasQos ? 2 : 0);
        writer.i16(0);
        writer.i16(TO_DATA_FRAG_QOS);
        data.reader().write(writer);
        data.writer().write(writer);
        writeSequence(writer, data.sequence());
        writer.i32((int) data.first());
        writer.i16(data.count());
        writer.i16(data.fragmentSize());
        writer.i32((int) data.sampleSize());
        if (hasQos) {
            data.inlineQos().write(writer);
        }
        writer.bytes(
                data.payload().array(), data.payload().offset(), data.payload().length());
        end(writer, start);
    }

    private static int start(WireWriter writer, int id, int flags) {
        writer.i8(id);
        writer.i8(flags | LITTLE);
        writer.i16(0);
        return writer.position();
    }

    /** Every submessage starts at a multiple of four. */
    private static void end(WireWriter writer, int start) {
        writer.zeros(-writer.position() & 3);
        writer.i16At(start - 2, writer.position() - start);
    }
}
