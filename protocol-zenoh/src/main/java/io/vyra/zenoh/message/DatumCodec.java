package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/** Put, delete, query, reply and error (zenoh-protocol, {@code zenoh/*.rs}). */
final class DatumCodec {
    static final int PUT = 0x01;
    static final int DELETE = 0x02;
    private static final int QUERY = 0x03;
    private static final int REPLY = 0x04;
    private static final int FAILURE = 0x05;

    static final int FLAG_TIMESTAMP = 0x20;
    static final int FLAG_ENCODING = 0x40;
    private static final int FLAG_CONSOLIDATION = 0x20;
    private static final int FLAG_PARAMETERS = 0x40;

    static final int SOURCE = Extensions.BYTES | 0x01;
    static final int PUT_ATTACHMENT = Extensions.BYTES | 0x03;
    static final int DELETE_ATTACHMENT = Extensions.BYTES | 0x02;
    private static final int QUERY_BODY = Extensions.BYTES | 0x03;
    private static final int QUERY_ATTACHMENT = Extensions.BYTES | 0x05;

    private DatumCodec() {}

    static void write(WireWriter writer, Datum datum) {
        switch (datum) {
            case Datum.Put put ->
                writePut(writer, put.timestamp(), put.encoding(), put.source(), put.attachment(), put.payload());
            case Datum.Delete delete -> writeDelete(writer, delete.timestamp(), delete.source(), delete.attachment());
        }
    }

    static void writePut(
            WireWriter writer,
            Timestamp timestamp,
            Encoding encoding,
            SourcePosition source,
            Bytes attachment,
            Bytes payload) {
        int header = writer.position();
        boolean isEncoded = encoding.id() != 0 || !encoding.schema().isEmpty();
        writer.u8(PUT | (timestamp == null ? 0 : FLAG_TIMESTAMP) | (isEncoded ? FLAG_ENCODING : 0));
        if (timestamp != null) {
            timestamp.write(writer);
        }
        if (isEncoded) {
            encoding.write(writer);
        }
        int last = writeSource(writer, header, source);
        writeAttachment(writer, last, PUT_ATTACHMENT, attachment);
        writer.counted(payload);
    }

    static void writeDelete(WireWriter writer, Timestamp timestamp, SourcePosition source, Bytes attachment) {
        int header = writer.position();
        writer.u8(DELETE | (timestamp == null ? 0 : FLAG_TIMESTAMP));
        if (timestamp != null) {
            timestamp.write(writer);
        }
        int last = writeSource(writer, header, source);
        writeAttachment(writer, last, DELETE_ATTACHMENT, attachment);
    }

    private static int writeSource(WireWriter writer, int previous, SourcePosition source) {
        if (source == null) {
            return previous;
        }
        int index = Extensions.begin(writer, previous, SOURCE);
        writer.zint(source.wireSize());
        source.write(writer);
        return index;
    }

    private static void writeAttachment(WireWriter writer, int previous, int header, Bytes attachment) {
        if (attachment != null) {
            Extensions.begin(writer, previous, header);
            writer.counted(attachment);
        }
    }

    static SourcePosition readSource(WireReader reader) {
        int outer = Extensions.enter(reader, "The source of a sample");
        SourcePosition source = SourcePosition.read(reader);
        Extensions.leave(reader, outer);
        return source;
    }

    static Bytes readAttachment(WireReader reader) {
        return reader.bytes("An attachment", Integer.MAX_VALUE);
    }

    static Datum read(WireReader reader) {
        PushCursor cursor = new PushCursor();
        cursor.readDatum(reader);
        return cursor.datum();
    }

    static void writeQuery(WireWriter writer, Query query) {
        int header = writer.position();
        writer.u8(QUERY
                | (query.consolidation() == Consolidation.AUTO ? 0 : FLAG_CONSOLIDATION)
                | (query.parameters().isEmpty() ? 0 : FLAG_PARAMETERS));
        if (query.consolidation() != Consolidation.AUTO) {
            writer.zint(query.consolidation().ordinal());
        }
        if (!query.parameters().isEmpty()) {
            writer.string(query.parameters());
        }
        int last = writeSource(writer, header, query.source());
        if (query.body() != null) {
            last = Extensions.begin(writer, last, QUERY_BODY);
            Query.Body body = query.body();
            writer.zint((long) body.encoding().wireSize() + body.payload().size());
            body.encoding().write(writer);
            writer.bytes(body.payload());
        }
        writeAttachment(writer, last, QUERY_ATTACHMENT, query.attachment());
    }

    static Query readQuery(WireReader reader) {
        int header = reader.u8();
        if ((header & 0x1f) != QUERY) {
            throw new MalformedMessageException(
                    "A request holds 0x" + Integer.toHexString(header) + " instead of a query");
        }
        Consolidation consolidation =
                (header & FLAG_CONSOLIDATION) == 0 ? Consolidation.AUTO : Consolidation.ofWire(reader.zint());
        String parameters = (header & FLAG_PARAMETERS) == 0 ? "" : reader.string("A selector", 0xffff);
        SourcePosition source = null;
        Query.Body body = null;
        Bytes attachment = null;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            switch (extension & ~Extensions.MORE) {
                case SOURCE -> source = readSource(reader);
                case QUERY_BODY -> {
                    int outer = Extensions.enter(reader, "The body of a query");
                    Encoding encoding = Encoding.read(reader);
                    body = new Query.Body(encoding, Bytes.wrap(reader.copy(reader.remaining())));
                    Extensions.leave(reader, outer);
                }
                case QUERY_ATTACHMENT -> attachment = readAttachment(reader);
                default -> Extensions.skip(reader, extension, "A query");
            }
        }
        return new Query(consolidation, parameters, source, body, attachment);
    }

    static void writeAnswer(WireWriter writer, Answer answer) {
        switch (answer) {
            case Answer.Reply reply -> {
                boolean isAuto = reply.consolidation() == Consolidation.AUTO;
                writer.u8(REPLY | (isAuto ? 0 : FLAG_CONSOLIDATION));
                if (!isAuto) {
                    writer.zint(reply.consolidation().ordinal());
                }
                write(writer, reply.datum());
            }
            case Answer.Failure failure -> {
                int header = writer.position();
                boolean isEncoded = !failure.encoding().equals(Encoding.BYTES);
                writer.u8(FAILURE | (isEncoded ? FLAG_ENCODING : 0));
                if (isEncoded) {
                    failure.encoding().write(writer);
                }
                writeSource(writer, header, failure.source());
                writer.counted(failure.payload());
            }
        }
    }

    static Answer readAnswer(WireReader reader) {
        int header = reader.u8();
        return switch (header & 0x1f) {
            case REPLY -> {
                Consolidation consolidation =
                        (header & FLAG_CONSOLIDATION) == 0 ? Consolidation.AUTO : Consolidation.ofWire(reader.zint());
                Extensions.skipAll(reader, (header & Extensions.MORE) != 0, "A reply");
                yield new Answer.Reply(consolidation, read(reader));
            }
            case FAILURE -> readFailure(reader, header);
            default ->
                throw new MalformedMessageException(
                        "A response holds 0x" + Integer.toHexString(header) + " instead of a reply or an error");
        };
    }

    private static Answer readFailure(WireReader reader, int header) {
        Encoding encoding = (header & FLAG_ENCODING) == 0 ? Encoding.BYTES : Encoding.read(reader);
        SourcePosition source = null;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            if ((extension & ~Extensions.MORE) == SOURCE) {
                source = readSource(reader);
            } else {
                Extensions.skip(reader, extension, "An error reply");
            }
        }
        return new Answer.Failure(encoding, source, reader.bytes("The payload of an error", Integer.MAX_VALUE));
    }
}
