package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.util.Arrays;

/**
 * A publication where it lies in the receive buffer. It is reused for one publication after the other, so that receiving allocates nothing
 * but what is taken out. What it says holds until the next read. Not thread-safe.
 */
public final class PushCursor {
    private int scope;
    private boolean senderMapping;
    private byte[] array;
    private int suffixOffset;
    private int suffixLength;
    private QualityOfService qualityOfService;
    private Timestamp networkTimestamp;
    private int node;
    private boolean isPut;
    private Timestamp timestamp;
    private Encoding encoding;
    private SourcePosition source;
    private int attachmentOffset;
    private int attachmentLength;
    private int payloadOffset;
    private int payloadLength;
    private int datumOffset;
    private int datumEnd;
    private boolean isReliable = true;

    /** Reads a publication after its header. */
    void read(WireReader reader, int header) {
        senderMapping = (header & NetworkCodec.FLAG_MAPPING) != 0;
        scope = reader.zint16("The number of a key expression");
        suffixLength =
                (header & NetworkCodec.FLAG_NAMED) == 0 ? 0 : reader.length("A key expression", WireExpression.LONGEST);
        suffixOffset = reader.position();
        reader.skip(suffixLength);
        qualityOfService = QualityOfService.DEFAULT;
        networkTimestamp = null;
        node = 0;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            switch (extension & ~Extensions.MORE) {
                case NetworkCodec.QOS -> qualityOfService = QualityOfService.ofWire(reader.zint());
                case NetworkCodec.TIMESTAMP -> networkTimestamp = NetworkCodec.readTimestamp(reader);
                case NetworkCodec.NODE -> node = (int) reader.zint() & 0xffff;
                default -> Extensions.skip(reader, extension, "A publication");
            }
        }
        readDatum(reader);
    }

    void readDatum(WireReader reader) {
        array = reader.array();
        datumOffset = reader.position();
        int header = reader.u8();
        isPut = (header & 0x1f) == DatumCodec.PUT;
        if (!isPut && (header & 0x1f) != DatumCodec.DELETE) {
            throw new MalformedMessageException(
                    "A sample is 0x" + Integer.toHexString(header) + " instead of a put or a delete");
        }
        timestamp = (header & DatumCodec.FLAG_TIMESTAMP) == 0 ? null : Timestamp.read(reader);
        encoding = isPut && (header & DatumCodec.FLAG_ENCODING) != 0 ? Encoding.read(reader) : Encoding.BYTES;
        source = null;
        attachmentLength = -1;
        int attachmentHeader = isPut ? DatumCodec.PUT_ATTACHMENT : DatumCodec.DELETE_ATTACHMENT;
        int extension = header;
        while ((extension & Extensions.MORE) != 0) {
            extension = reader.u8();
            int id = extension & ~Extensions.MORE;
            if (id == attachmentHeader) {
                attachmentLength = reader.length("An attachment", Integer.MAX_VALUE);
                attachmentOffset = reader.position();
                reader.skip(attachmentLength);
            } else if (id == DatumCodec.SOURCE) {
                source = DatumCodec.readSource(reader);
            } else {
                Extensions.skip(reader, extension, "A sample");
            }
        }
        payloadLength = isPut ? reader.length("A payload", Integer.MAX_VALUE) : 0;
        payloadOffset = reader.position();
        reader.skip(payloadLength);
        datumEnd = reader.position();
    }

    /** Says on which channel it came. */
    public void reliable(boolean newReliable) {
        isReliable = newReliable;
    }

    /** Whether it came on the reliable channel. */
    public boolean isReliable() {
        return isReliable;
    }

    /** The number of the declared key expression, 0 for none. */
    public int scope() {
        return scope;
    }

    /** Whether whoever sent this declared the number. */
    public boolean senderMapping() {
        return senderMapping;
    }

    /** What the suffix of the key expression lies in. */
    public byte[] array() {
        return array;
    }

    public int suffixOffset() {
        return suffixOffset;
    }

    /** Length of the suffix in bytes, 0 for none. */
    public int suffixLength() {
        return suffixLength;
    }

    public QualityOfService qualityOfService() {
        return qualityOfService;
    }

    /** A value, else the end of one. */
    public boolean isPut() {
        return isPut;
    }

    /** When it was first seen, or null. */
    public Timestamp timestamp() {
        return timestamp;
    }

    public Encoding encoding() {
        return encoding;
    }

    /** Where it comes from, or null. */
    public SourcePosition source() {
        return source;
    }

    /** A copy of what the user sent along, or null. */
    public Bytes attachment() {
        return attachmentLength < 0 ? null : copy(attachmentOffset, attachmentLength);
    }

    /** A copy of the payload. */
    public Bytes payload() {
        return copy(payloadOffset, payloadLength);
    }

    /** Size of the payload in bytes. */
    public int payloadSize() {
        return payloadLength;
    }

    /** When it was sent, or null. */
    Timestamp networkTimestamp() {
        return networkTimestamp;
    }

    /**
     * Writes the sample as it came, byte for byte, with what is unknown here.
     *
     * @param stamp goes in where it has no timestamp; or null
     */
    void writeDatum(WireWriter writer, Timestamp stamp) {
        int offset = datumOffset;
        if (stamp != null && timestamp == null) {
            writer.u8(array[offset++] | DatumCodec.FLAG_TIMESTAMP);
            stamp.write(writer);
        }
        writer.bytes(array, offset, datumEnd - offset);
    }

    Datum datum() {
        return isPut
                ? new Datum.Put(timestamp, encoding, source, attachment(), payload())
                : new Datum.Delete(timestamp, source, attachment());
    }

    /** A copy of the whole that stays valid. */
    public NetworkMessage.Push toMessage() {
        String suffix =
                new WireReader(array).reset(array, suffixOffset, suffixLength).text("A key expression", suffixLength);
        return new NetworkMessage.Push(
                new WireExpression(scope, suffix, senderMapping), qualityOfService, networkTimestamp, node, datum());
    }

    private Bytes copy(int offset, int length) {
        return length == 0 ? Bytes.EMPTY : Bytes.wrap(Arrays.copyOfRange(array, offset, offset + length));
    }
}
