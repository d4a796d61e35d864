package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.WireWriter;

/**
 * A publication about to be sent, reused for one after the other so that sending allocates nothing. Not thread-safe.
 */
public final class OutgoingPush implements Outgoing {
    private int scope;
    private byte[] suffix;
    private QualityOfService qualityOfService;
    private boolean isPut;
    private Timestamp timestamp;
    private Encoding encoding;
    private SourcePosition source;
    private Bytes attachment;
    private Bytes payload;

    /**
     * Makes it a put.
     *
     * @param scope the number of a key expression that this side declared, 0 for none
     * @param suffix what follows it, as UTF-8; empty for nothing
     * @param timestamp may be null, as may source and attachment
     */
    public OutgoingPush put(
            int scope,
            byte[] suffix,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            Encoding encoding,
            SourcePosition source,
            Bytes attachment,
            Bytes payload) {
        this.scope = scope;
        this.suffix = suffix;
        this.qualityOfService = qualityOfService;
        this.isPut = true;
        this.timestamp = timestamp;
        this.encoding = encoding;
        this.source = source;
        this.attachment = attachment;
        this.payload = payload;
        return this;
    }

    /** Makes it a delete; the parameters are those of {@link #put}. */
    public OutgoingPush delete(
            int scope,
            byte[] suffix,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            SourcePosition source,
            Bytes attachment) {
        put(scope, suffix, qualityOfService, timestamp, Encoding.BYTES, source, attachment, Bytes.EMPTY);
        this.isPut = false;
        return this;
    }

    @Override
    public QualityOfService qualityOfService() {
        return qualityOfService;
    }

    @Override
    public void write(WireWriter writer) {
        NetworkCodec.beginPush(writer, scope, suffix, qualityOfService, null);
        if (isPut) {
            DatumCodec.writePut(writer, timestamp, encoding, source, attachment, payload);
        } else {
            DatumCodec.writeDelete(writer, timestamp, source, attachment);
        }
    }
}
