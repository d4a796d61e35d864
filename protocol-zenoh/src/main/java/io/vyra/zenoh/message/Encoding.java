package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a payload is. Zenoh never looks at it.
 *
 * @param id the number of a predefined encoding, 0 for bytes of any kind, at most 65,535
 * @param schema what it does not say, such as {@code charset=utf-8}; empty for nothing, at most 255 bytes
 */
public record Encoding(int id, String schema) {
    private static final int CUSTOM = 0xffff;

    /** The predefined encodings; the index is the wire's number (zenoh 1.x, {@code api/encoding.rs}). */
    private static final List<String> NAMES = List.of(
            "zenoh/bytes",
            "zenoh/string",
            "zenoh/serialized",
            "application/octet-stream",
            "text/plain",
            "application/json",
            "text/json",
            "application/cdr",
            "application/cbor",
            "application/yaml",
            "text/yaml",
            "text/json5",
            "application/python-serialized-object",
            "application/protobuf",
            "application/java-serialized-object",
            "application/openmetrics-text",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/bmp",
            "image/webp",
            "application/xml",
            "application/x-www-form-urlencoded",
            "text/html",
            "text/xml",
            "text/css",
            "text/javascript",
            "text/markdown",
            "text/csv",
            "application/sql",
            "application/coap-payload",
            "application/json-patch+json",
            "application/json-seq",
            "application/jsonpath",
            "application/jwt",
            "application/mp4",
            "application/soap+xml",
            "application/yang",
            "audio/aac",
            "audio/flac",
            "audio/mp4",
            "audio/ogg",
            "audio/vorbis",
            "video/h261",
            "video/h263",
            "video/h264",
            "video/h265",
            "video/h266",
            "video/mp4",
            "video/ogg",
            "video/raw",
            "video/vp8",
            "video/vp9");

    private static final Encoding[] PREDEFINED = new Encoding[NAMES.size()];

    static {
        for (int id = 0; id < PREDEFINED.length; id++) {
            PREDEFINED[id] = new Encoding(id, "");
        }
    }

    /** Bytes of any kind: the default. */
    public static final Encoding BYTES = PREDEFINED[0];

    /** UTF-8. */
    public static final Encoding STRING = PREDEFINED[1];

    public static final Encoding TEXT_PLAIN = PREDEFINED[4];
    public static final Encoding JSON = PREDEFINED[5];

    /** CDR, as ROS 2 writes messages. */
    public static final Encoding CDR = PREDEFINED[7];

    public Encoding {
        if (id < 0 || id > CUSTOM) {
            throw new IllegalArgumentException("The number of an encoding is 0 to 65535, not " + id);
        }
        if (schema.getBytes(StandardCharsets.UTF_8).length > 0xff) {
            throw new IllegalArgumentException("The schema of an encoding has at most 255 bytes: " + schema);
        }
    }

    /** The encoding with this name, as {@link #toString} writes it; a name that is not predefined is kept as it is. */
    public static Encoding of(String name) {
        int semicolon = name.indexOf(';');
        int id = NAMES.indexOf(semicolon < 0 ? name : name.substring(0, semicolon));
        if (id < 0) {
            return name.isEmpty() ? BYTES : new Encoding(CUSTOM, name);
        }
        return semicolon < 0 ? PREDEFINED[id] : new Encoding(id, name.substring(semicolon + 1));
    }

    static Encoding read(WireReader reader) {
        int bits = reader.zint32("An encoding");
        int id = (bits >>> 1) & 0xffff;
        if ((bits & 1) == 0) {
            return id < PREDEFINED.length ? PREDEFINED[id] : new Encoding(id, "");
        }
        // Bytes that are not UTF-8 are nobody's harm here; but U+FFFD is longer than what it stands for.
        String schema =
                new String(reader.copy(reader.length("The schema of an encoding", 0xff)), StandardCharsets.UTF_8);
        return schema.getBytes(StandardCharsets.UTF_8).length > 0xff ? new Encoding(id, "") : new Encoding(id, schema);
    }

    void write(WireWriter writer) {
        writer.zint((long) id << 1 | (schema.isEmpty() ? 0 : 1));
        if (!schema.isEmpty()) {
            writer.string(schema);
        }
    }

    int wireSize() {
        int size = WireWriter.zintSize((long) id << 1);
        if (!schema.isEmpty()) {
            int length = schema.getBytes(StandardCharsets.UTF_8).length;
            size += WireWriter.zintSize(length) + length;
        }
        return size;
    }

    /** As Zenoh prints it: {@code application/json}, {@code text/plain;charset=utf-8}. */
    @Override
    public String toString() {
        if (id == CUSTOM) {
            return schema;
        }
        String name = id < NAMES.size() ? NAMES.get(id) : "unknown(" + id + ")";
        return schema.isEmpty() ? name : name + ";" + schema;
    }
}
