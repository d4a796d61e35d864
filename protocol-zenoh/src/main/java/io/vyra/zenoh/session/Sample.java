package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.SourcePosition;
import io.vyra.zenoh.message.Timestamp;
import io.vyra.zenoh.wire.Bytes;
import java.util.Optional;

/** A value that was published, or its end. Immutable. */
public final class Sample {
    /** What happened to the value. */
    public enum Kind {
        PUT,
        DELETE
    }

    private final KeyExpression key;
    private final Kind kind;
    private final Bytes payload;
    private final Encoding encoding;
    private final QualityOfService qualityOfService;
    private final Timestamp timestamp;
    private final SourcePosition source;
    private final Bytes attachment;

    private Sample(
            KeyExpression key,
            Kind kind,
            Bytes payload,
            Encoding encoding,
            QualityOfService qualityOfService,
            Timestamp timestamp,
            SourcePosition source,
            Bytes attachment) {
        this.key = key;
        this.kind = kind;
        this.payload = payload;
        this.encoding = encoding;
        this.qualityOfService = qualityOfService;
        this.timestamp = timestamp;
        this.source = source;
        this.attachment = attachment;
    }

    static Sample of(KeyExpression key, PushCursor push) {
        return new Sample(
                key,
                push.isPut() ? Kind.PUT : Kind.DELETE,
                push.payload(),
                push.encoding(),
                push.qualityOfService(),
                push.timestamp(),
                push.source(),
                push.attachment());
    }

    static Sample of(KeyExpression key, QualityOfService quality, Datum datum) {
        return switch (datum) {
            case Datum.Put put ->
                new Sample(
                        key,
                        Kind.PUT,
                        put.payload(),
                        put.encoding(),
                        quality,
                        put.timestamp(),
                        put.source(),
                        put.attachment());
            case Datum.Delete delete ->
                new Sample(
                        key,
                        Kind.DELETE,
                        Bytes.EMPTY,
                        Encoding.BYTES,
                        quality,
                        delete.timestamp(),
                        delete.source(),
                        delete.attachment());
        };
    }

    /** A liveliness token that came or went. */
    static Sample ofToken(KeyExpression key, Kind kind) {
        return new Sample(key, kind, Bytes.EMPTY, Encoding.BYTES, QualityOfService.DECLARATION, null, null, null);
    }

    public KeyExpression key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** The value; empty for a delete. */
    public Bytes payload() {
        return payload;
    }

    public Encoding encoding() {
        return encoding;
    }

    public QualityOfService qualityOfService() {
        return qualityOfService;
    }

    /** When it was first seen, if somebody said so. */
    public Optional<Timestamp> timestamp() {
        return Optional.ofNullable(timestamp);
    }

    /** Which entity sent it, if it said so. */
    public Optional<SourcePosition> source() {
        return Optional.ofNullable(source);
    }

    /** What the sender sent along. */
    public Optional<Bytes> attachment() {
        return Optional.ofNullable(attachment);
    }

    /** About how much memory it takes, in bytes. */
    int weight() {
        return 100 + payload.size() + (attachment == null ? 0 : attachment.size());
    }

    @Override
    public String toString() {
        return "Sample[" + kind + " " + key + " " + payload + " " + encoding + "]";
    }
}
