package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/** Network messages between values and bytes (zenoh-protocol, {@code network/*.rs}). Stateless. */
public final class NetworkCodec {
    static final int MAINTENANCE = 0x1f;
    static final int DECLARE = 0x1e;
    static final int PUSH = 0x1d;
    static final int REQUEST = 0x1c;
    static final int RESPONSE = 0x1b;
    static final int RESPONSE_FINAL = 0x1a;
    static final int INTEREST = 0x19;

    static final int FLAG_NAMED = 0x20;
    static final int FLAG_MAPPING = 0x40;
    private static final int FLAG_ANSWER = 0x20;

    static final int QOS = Extensions.NUMBER | 0x01;
    static final int TIMESTAMP = Extensions.BYTES | 0x02;
    static final int NODE = Extensions.NUMBER | Extensions.MANDATORY | 0x03;
    private static final int TARGET = Extensions.NUMBER | Extensions.MANDATORY | 0x04;
    private static final int BUDGET = Extensions.NUMBER | 0x05;
    private static final int TIMEOUT = Extensions.NUMBER | 0x06;
    private static final int RESPONDER = Extensions.BYTES | 0x03;

    private NetworkCodec() {}

    /** Whether a network message, and not the next transport message, starts with this byte. */
    public static boolean startsMessage(int header) {
        return (header & 0x1f) >= INTEREST;
    }

    /**
     * Reads a publication into the cursor if the next message is one.
     *
     * @return whether it was
     * @throws MalformedMessageException when it is not valid
     */
    public static boolean readPush(WireReader reader, PushCursor cursor) {
        int header = reader.peek();
        if ((header & 0x1f) != PUSH) {
            return false;
        }
        reader.skip(1);
        cursor.read(reader, header);
        return true;
    }

    /**
     * Reads the next message, whichever it is.
     *
     * @throws MalformedMessageException when it is not valid
     */
    public static NetworkMessage read(WireReader reader) {
        int header = reader.u8();
        return switch (header & 0x1f) {
            case PUSH -> {
                PushCursor cursor = new PushCursor();
                cursor.read(reader, header);
                yield cursor.toMessage();
            }
            case REQUEST -> readRequest(reader, header);
            case RESPONSE -> readResponse(reader, header);
            case RESPONSE_FINAL -> {
                int number = reader.zint32("The number of a request");
                Common common = Common.read(reader, header, "The end of a request");
                yield new NetworkMessage.ResponseFinal(number, common.qos, common.timestamp);
            }
            case INTEREST -> readInterest(reader, header);
            case DECLARE -> {
                Integer interest =
                        (header & FLAG_ANSWER) == 0 ? null : (Integer) reader.zint32("The number of an interest");
                Common common = Common.read(reader, header, "A declaration");
                yield new NetworkMessage.Declare(
                        interest, common.qos, common.timestamp, common.node, DeclarationCodec.read(reader));
            }
            case MAINTENANCE -> readMaintenance(reader, header);
            default ->
                throw new MalformedMessageException("There is no network message 0x" + Integer.toHexString(header));
        };
    }

    /** Writes a message. Throws {@link io.vyra.zenoh.wire.CapacityExceededException} when it does not fit. */
    public static void write(WireWriter writer, NetworkMessage message) {
        switch (message) {
            case NetworkMessage.Push push -> {
                int last = begin(writer, PUSH, push.key(), -1);
                common(writer, last, push.qualityOfService(), push.timestamp(), push.node());
                DatumCodec.write(writer, push.datum());
            }
            case NetworkMessage.Request request -> writeRequest(writer, request);
            case NetworkMessage.Response response -> {
                int last = begin(writer, RESPONSE, response.key(), response.number() & 0xffff_ffffL);
                last = common(writer, last, response.qualityOfService(), response.timestamp(), 0);
                if (response.responder() != null) {
                    Extensions.begin(writer, last, RESPONDER);
                    writer.zint(response.responder().wireSize());
                    response.responder().write(writer);
                }
                DatumCodec.writeAnswer(writer, response.answer());
            }
            case NetworkMessage.ResponseFinal last -> {
                int header = writer.position();
                writer.u8(RESPONSE_FINAL);
                writer.zint32(last.number());
                common(writer, header, last.qualityOfService(), last.timestamp(), 0);
            }
            case NetworkMessage.Interest interest -> writeInterest(writer, interest);
            case NetworkMessage.Declare declare -> {
                int header = writer.position();
                writer.u8(DECLARE | (declare.interest() == null ? 0 : FLAG_ANSWER));
                if (declare.interest() != null) {
                    writer.zint32(declare.interest());
                }
                common(writer, header, declare.qualityOfService(), declare.timestamp(), declare.node());
                DeclarationCodec.write(writer, declare.declaration());
            }
            case NetworkMessage.Maintenance maintenance -> {
                int header = writer.position();
                writer.u8(MAINTENANCE | Extensions.BYTES);
                writer.zint(maintenance.number());
                common(writer, header, maintenance.qualityOfService(), maintenance.timestamp(), 0);
                writer.counted(maintenance.body());
            }
        }
    }

    /** Writes a publication's header, key expression and quality of service; a put or a delete follows. */
    static void beginPush(WireWriter writer, int scope, byte[] suffix, QualityOfService qos, Timestamp timestamp) {
        int header = writer.position();
        // A number is one that this side declared.
        writer.u8(PUSH | (suffix.length == 0 ? 0 : FLAG_NAMED) | (scope == 0 ? 0 : FLAG_MAPPING));
        writer.zint(scope);
        if (suffix.length > 0) {
            writer.counted(suffix);
        }
        common(writer, header, qos, timestamp, 0);
    }

    /** Writes header, number (unless negative) and key expression; gives the index of the header. */
    private static int begin(WireWriter writer, int id, WireExpression key, long number) {
        int header = writer.position();
        writer.u8(id | (key.isNamed() ? FLAG_NAMED : 0) | (key.senderMapping() ? FLAG_MAPPING : 0));
        if (number >= 0) {
            writer.zint(number);
        }
        key.write(writer);
        return header;
    }

    private static int common(WireWriter writer, int previous, QualityOfService qos, Timestamp timestamp, int node) {
        int last = previous;
        if (!qos.equals(QualityOfService.DEFAULT)) {
            last = Extensions.number(writer, last, QOS, qos.toWire());
        }
        if (timestamp != null) {
            last = Extensions.begin(writer, last, TIMESTAMP);
            writer.zint(timestamp.wireSize());
            timestamp.write(writer);
        }
        return node == 0 ? last : Extensions.number(writer, last, NODE, node);
    }

    static Timestamp readTimestamp(WireReader reader) {
        int outer = Extensions.enter(reader, "A timestamp");
        Timestamp timestamp = Timestamp.read(reader);
        Extensions.leave(reader, outer);
        return timestamp;
    }

    private static WireExpression readKey(WireReader reader, int header) {
        return WireExpression.read(reader, (header & FLAG_NAMED) != 0, (header & FLAG_MAPPING) != 0);
    }

    private static void writeRequest(WireWriter writer, NetworkMessage.Request request) {
        int last = begin(writer, REQUEST, request.key(), request.number() & 0xffff_ffffL);
        last = common(writer, last, request.qualityOfService(), request.timestamp(), request.node());
        if (request.target() != QueryTarget.BEST_MATCHING) {
            last = Extensions.number(writer, last, TARGET, request.target().ordinal());
        }
        if (request.budget() != 0) {
            last = Extensions.number(writer, last, BUDGET, Integer.toUnsignedLong(request.budget()));
        }
        if (request.timeoutMillis() != 0) {
            Extensions.number(writer, last, TIMEOUT, request.timeoutMillis());
        }
        DatumCodec.writeQuery(writer, request.query());
    }

    private static NetworkMessage readRequest(WireReader reader, int header) {
        int number = reader.zint32("The number of a request");
        WireExpression key = readKey(reader, header);
        Common common = new Common();
        QueryTarget target = QueryTarget.BEST_MATCHING;
        int budget = 0;
        long timeout = 0;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            switch (extension & ~Extensions.MORE) {
                case TARGET -> target = QueryTarget.ofWire(reader.zint());
                case BUDGET -> budget = reader.zint32("The budget of a request");
                case TIMEOUT -> timeout = reader.zint();
                default -> common.read(reader, extension, "A request", true);
            }
        }
        return new NetworkMessage.Request(
                number,
                key,
                common.qos,
                common.timestamp,
                common.node,
                target,
                budget,
                timeout,
                DatumCodec.readQuery(reader));
    }

    private static NetworkMessage readResponse(WireReader reader, int header) {
        int number = reader.zint32("The number of a request");
        WireExpression key = readKey(reader, header);
        Common common = new Common();
        EntityId responder = null;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            if ((extension & ~Extensions.MORE) == RESPONDER) {
                int outer = Extensions.enter(reader, "A responder");
                responder = EntityId.read(reader);
                Extensions.leave(reader, outer);
            } else {
                common.read(reader, extension, "A response", false);
            }
        }
        return new NetworkMessage.Response(
                number, key, common.qos, common.timestamp, responder, DatumCodec.readAnswer(reader));
    }

    private static final int INTEREST_RESTRICTED = 0x10;
    private static final int INTEREST_NAMED = 0x20;
    private static final int INTEREST_MAPPING = 0x40;

    private static void writeInterest(WireWriter writer, NetworkMessage.Interest interest) {
        int header = writer.position();
        writer.u8(INTEREST | interest.mode().ordinal() << 5);
        writer.zint32(interest.number());
        if (interest.mode() != InterestMode.FINAL) {
            WireExpression key = interest.key();
            int options = interest.subject().toWire();
            if (key != null) {
                options |= INTEREST_RESTRICTED
                        | (key.isNamed() ? INTEREST_NAMED : 0)
                        | (key.senderMapping() ? INTEREST_MAPPING : 0);
            }
            writer.u8(options);
            if (key != null) {
                key.write(writer);
            }
        }
        common(writer, header, interest.qualityOfService(), interest.timestamp(), interest.node());
    }

    private static NetworkMessage readInterest(WireReader reader, int header) {
        int number = reader.zint32("The number of an interest");
        InterestMode mode = InterestMode.ofWire(header >> 5);
        InterestSubject subject = InterestSubject.NONE;
        WireExpression key = null;
        if (mode != InterestMode.FINAL) {
            int options = reader.u8();
            subject = InterestSubject.ofWire(options);
            if ((options & INTEREST_RESTRICTED) != 0) {
                key = WireExpression.read(reader, (options & INTEREST_NAMED) != 0, (options & INTEREST_MAPPING) != 0);
            }
        }
        Common common = Common.read(reader, header, "An interest");
        return new NetworkMessage.Interest(number, mode, subject, key, common.qos, common.timestamp, common.node);
    }

    private static NetworkMessage readMaintenance(WireReader reader, int header) {
        int number = reader.zint16("The number of a maintenance message");
        Common common = Common.read(reader, header, "A maintenance message");
        Bytes body = switch (header & 0x60) {
            case 0 -> Bytes.EMPTY;
            case Extensions.NUMBER -> {
                WireWriter copy = new WireWriter(9);
                copy.zint(reader.zint());
                yield Bytes.wrap(copy.toArray());
            }
            case Extensions.BYTES -> reader.bytes("A maintenance message", Integer.MAX_VALUE);
            default -> throw new MalformedMessageException("A maintenance message is of a reserved encoding");
        };
        return new NetworkMessage.Maintenance(number, common.qos, common.timestamp, body);
    }

    /** The extensions that nearly all messages may have. */
    private static final class Common {
        private QualityOfService qos = QualityOfService.DEFAULT;
        private Timestamp timestamp;
        private int node;

        static Common read(WireReader reader, int header, String message) {
            Common common = new Common();
            int extension = header;
            while ((extension & Extensions.MORE) != 0) {
                extension = reader.u8();
                common.read(reader, extension, message, true);
            }
            return common;
        }

        void read(WireReader reader, int extension, String message, boolean mayNameNode) {
            int id = extension & ~Extensions.MORE;
            if (id == QOS) {
                qos = QualityOfService.ofWire(reader.zint());
            } else if (id == TIMESTAMP) {
                timestamp = readTimestamp(reader);
            } else if (id == NODE && mayNameNode) {
                node = (int) reader.zint() & 0xffff;
            } else {
                Extensions.skip(reader, extension, message);
            }
        }
    }
}
