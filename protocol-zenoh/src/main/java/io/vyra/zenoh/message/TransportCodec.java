package io.vyra.zenoh.message;

import io.vyra.zenoh.message.TransportMessage.Close;
import io.vyra.zenoh.message.TransportMessage.Fragment;
import io.vyra.zenoh.message.TransportMessage.Frame;
import io.vyra.zenoh.message.TransportMessage.Ignored;
import io.vyra.zenoh.message.TransportMessage.InitAck;
import io.vyra.zenoh.message.TransportMessage.InitSyn;
import io.vyra.zenoh.message.TransportMessage.KeepAlive;
import io.vyra.zenoh.message.TransportMessage.Offer;
import io.vyra.zenoh.message.TransportMessage.OpenAck;
import io.vyra.zenoh.message.TransportMessage.OpenSyn;
import io.vyra.zenoh.message.TransportMessage.Sizes;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/** Transport messages between values and bytes (zenoh-protocol, {@code transport/*.rs}). Stateless. */
public final class TransportCodec {
    /** The version of the wire protocol. */
    public static final int VERSION = 0x09;

    private static final int MAINTENANCE = 0x00;
    private static final int INIT = 0x01;
    private static final int OPEN = 0x02;
    private static final int CLOSE = 0x03;
    private static final int KEEP_ALIVE = 0x04;
    private static final int FRAME = 0x05;
    private static final int FRAGMENT = 0x06;

    private static final int FLAG_ACK = 0x20;
    private static final int FLAG_SIZES = 0x40;
    private static final int FLAG_SECONDS = 0x40;
    private static final int FLAG_SESSION = 0x20;
    private static final int FLAG_RELIABLE = 0x20;
    private static final int FLAG_MORE = 0x40;

    private static final int OFFER_QOS = 0x01;
    private static final int OFFER_AUTHENTICATION = Extensions.BYTES | 0x03;
    private static final int OFFER_AUTHENTICATION_DONE = 0x03;
    private static final int OFFER_PATCH = Extensions.NUMBER | 0x07;
    private static final int PRIORITY = Extensions.NUMBER | Extensions.MANDATORY | 0x01;
    private static final int FIRST = 0x02;
    private static final int DROPPED = 0x03;

    private static final int LONGEST_COOKIE = 0xffff;
    private static final KeepAlive KEPT_ALIVE = new KeepAlive();

    private TransportCodec() {}

    /**
     * Reads the next message of a batch; of frames and fragments the header only.
     *
     * @throws MalformedMessageException when it is not valid
     */
    public static TransportMessage read(WireReader reader) {
        int header = reader.u8();
        return switch (header & 0x1f) {
            case INIT -> readInit(reader, header);
            case OPEN -> readOpen(reader, header);
            case CLOSE -> {
                CloseReason reason = CloseReason.ofWire(reader.u8());
                Extensions.skipAll(reader, (header & Extensions.MORE) != 0, "The end of a transport");
                yield new Close(reason, (header & FLAG_SESSION) != 0);
            }
            case KEEP_ALIVE -> {
                Extensions.skipAll(reader, (header & Extensions.MORE) != 0, "A sign of life");
                yield KEPT_ALIVE;
            }
            case FRAME -> {
                int number = reader.zint32("A sequence number");
                Priority priority = Priority.DATA;
                int extension = header;
                while ((extension & Extensions.MORE) != 0) {
                    extension = reader.u8();
                    if ((extension & ~Extensions.MORE) == PRIORITY) {
                        priority = Priority.ofWire((int) reader.zint());
                    } else {
                        Extensions.skip(reader, extension, "A frame");
                    }
                }
                yield new Frame((header & FLAG_RELIABLE) != 0, number, priority);
            }
            case FRAGMENT -> readFragment(reader, header);
            case MAINTENANCE -> readMaintenance(reader, header);
            default ->
                throw new MalformedMessageException("There is no transport message 0x" + Integer.toHexString(header));
        };
    }

    /** Writes a message; of frames and fragments the header only. */
    public static void write(WireWriter writer, TransportMessage message) {
        int header = writer.position();
        switch (message) {
            case InitSyn init -> {
                writer.u8(INIT | sizesFlag(init.sizes()));
                writeInit(writer, init.version(), init.whatAmI(), init.node(), init.sizes());
                writeOffer(writer, header, init.offer());
            }
            case InitAck init -> {
                writer.u8(INIT | FLAG_ACK | sizesFlag(init.sizes()));
                writeInit(writer, init.version(), init.whatAmI(), init.node(), init.sizes());
                writer.counted(init.cookie());
                writeOffer(writer, header, init.offer());
            }
            case OpenSyn open -> {
                writer.u8(OPEN | secondsFlag(open.leaseMillis()));
                writeLease(writer, open.leaseMillis());
                writer.zint32(open.firstSequenceNumber());
                writer.counted(open.cookie());
                writeOffer(writer, header, open.offer());
            }
            case OpenAck open -> {
                writer.u8(OPEN | FLAG_ACK | secondsFlag(open.leaseMillis()));
                writeLease(writer, open.leaseMillis());
                writer.zint32(open.firstSequenceNumber());
                writeOffer(writer, header, open.offer());
            }
            case Close close -> {
                writer.u8(CLOSE | (close.session() ? FLAG_SESSION : 0));
                writer.u8(close.reason().ordinal());
            }
            case KeepAlive _ -> writer.u8(KEEP_ALIVE);
            case Frame frame -> writeFrame(writer, frame.reliable(), frame.sequenceNumber(), frame.priority());
            case Fragment fragment ->
                writeFragment(
                        writer,
                        fragment.reliable(),
                        fragment.more(),
                        fragment.sequenceNumber(),
                        fragment.priority(),
                        fragment.first(),
                        fragment.dropped());
            case Ignored _ ->
                throw new IllegalArgumentException("There is nothing to write of a message that is ignored");
        }
    }

    /** Writes the header of a frame. */
    public static void writeFrame(WireWriter writer, boolean reliable, int sequenceNumber, Priority priority) {
        int header = writer.position();
        writer.u8(FRAME | (reliable ? FLAG_RELIABLE : 0));
        writer.zint32(sequenceNumber);
        writePriority(writer, header, priority);
    }

    /** Writes the header of a fragment. */
    public static void writeFragment(
            WireWriter writer,
            boolean reliable,
            boolean more,
            int sequenceNumber,
            Priority priority,
            boolean first,
            boolean dropped) {
        int header = writer.position();
        writer.u8(FRAGMENT | (reliable ? FLAG_RELIABLE : 0) | (more ? FLAG_MORE : 0));
        writer.zint32(sequenceNumber);
        int last = writePriority(writer, header, priority);
        if (first) {
            last = Extensions.begin(writer, last, FIRST);
        }
        if (dropped) {
            Extensions.begin(writer, last, DROPPED);
        }
    }

    private static int writePriority(WireWriter writer, int header, Priority priority) {
        return priority == Priority.DATA ? header : Extensions.number(writer, header, PRIORITY, priority.ordinal());
    }

    private static int sizesFlag(Sizes sizes) {
        return sizes.equals(Sizes.DEFAULT) ? 0 : FLAG_SIZES;
    }

    private static void writeInit(WireWriter writer, int version, WhatAmI whatAmI, ZenohId node, Sizes sizes) {
        writer.u8(version);
        writer.u8((node.size() - 1) << 4 | whatAmI.ordinal());
        node.write(writer);
        if (!sizes.equals(Sizes.DEFAULT)) {
            writer.u8(sizes.sequenceNumberBits() | sizes.requestNumberBits() << 2);
            writer.u16(sizes.batch());
        }
    }

    private static TransportMessage readInit(WireReader reader, int header) {
        int version = reader.u8();
        int flags = reader.u8();
        WhatAmI whatAmI = WhatAmI.ofWire(flags & 3);
        ZenohId node = ZenohId.read(reader, 1 + (flags >> 4));
        Sizes sizes = Sizes.DEFAULT;
        if ((header & FLAG_SIZES) != 0) {
            int bits = reader.u8();
            sizes = new Sizes(bits & 3, bits >> 2 & 3, reader.u16());
        }
        if ((header & FLAG_ACK) == 0) {
            return new InitSyn(version, whatAmI, node, sizes, readOffer(reader, header));
        }
        Bytes cookie = reader.bytes("A cookie", LONGEST_COOKIE);
        return new InitAck(version, whatAmI, node, sizes, cookie, readOffer(reader, header));
    }

    private static int secondsFlag(long leaseMillis) {
        return leaseMillis % 1000 == 0 ? FLAG_SECONDS : 0;
    }

    private static void writeLease(WireWriter writer, long leaseMillis) {
        writer.zint(leaseMillis % 1000 == 0 ? leaseMillis / 1000 : leaseMillis);
    }

    private static TransportMessage readOpen(WireReader reader, int header) {
        long lease = reader.zint();
        if ((header & FLAG_SECONDS) != 0) {
            lease = lease < 0 || lease > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : lease * 1000;
        } else if (lease < 0) {
            lease = Long.MAX_VALUE;
        }
        int number = reader.zint32("A sequence number");
        if ((header & FLAG_ACK) != 0) {
            return new OpenAck(lease, number, readOffer(reader, header));
        }
        Bytes cookie = reader.bytes("A cookie", LONGEST_COOKIE);
        return new OpenSyn(lease, number, cookie, readOffer(reader, header));
    }

    private static void writeOffer(WireWriter writer, int header, Offer offer) {
        int last = header;
        if (offer.qualityOfService()) {
            last = Extensions.begin(writer, last, OFFER_QOS);
        }
        if (offer.authentication() != null) {
            last = Extensions.begin(writer, last, OFFER_AUTHENTICATION);
            writer.counted(offer.authentication());
        }
        if (offer.patch() != 0) {
            Extensions.number(writer, last, OFFER_PATCH, offer.patch());
        }
    }

    private static Offer readOffer(WireReader reader, int header) {
        boolean qos = false;
        Bytes authentication = null;
        int patch = 0;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            switch (extension & ~Extensions.MORE) {
                case OFFER_QOS -> qos = true;
                case OFFER_AUTHENTICATION -> authentication = reader.bytes("An authentication", 0xffff);
                case OFFER_AUTHENTICATION_DONE -> authentication = Bytes.EMPTY;
                case OFFER_PATCH -> patch = (int) reader.zint() & 0xff;
                default -> Extensions.skip(reader, extension, "The opening of a transport");
            }
        }
        return new Offer(qos, authentication, patch);
    }

    private static TransportMessage readFragment(WireReader reader, int header) {
        int number = reader.zint32("A sequence number");
        Priority priority = Priority.DATA;
        boolean first = false;
        boolean dropped = false;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            switch (extension & ~Extensions.MORE) {
                case PRIORITY -> priority = Priority.ofWire((int) reader.zint());
                case FIRST -> first = true;
                case DROPPED -> dropped = true;
                default -> Extensions.skip(reader, extension, "A fragment");
            }
        }
        return new Fragment((header & FLAG_RELIABLE) != 0, (header & FLAG_MORE) != 0, number, priority, first, dropped);
    }

    private static TransportMessage readMaintenance(WireReader reader, int header) {
        reader.zint16("The number of a maintenance message");
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            if ((extension & ~Extensions.MORE) == PRIORITY) {
                reader.zint();
            } else {
                Extensions.skip(reader, extension, "A maintenance message");
            }
        }
        switch (header & 0x60) {
            case 0 -> {}
            case Extensions.NUMBER -> reader.zint();
            case Extensions.BYTES -> reader.skip(reader.length("A maintenance message", Integer.MAX_VALUE));
            default -> throw new MalformedMessageException("A maintenance message is of a reserved encoding");
        }
        return new Ignored();
    }
}
