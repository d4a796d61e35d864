package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/**
 * Where a sample comes from, if its sender says so.
 *
 * @param source the entity
 * @param sequenceNumber its count of samples, 32 bits unsigned
 */
public record SourcePosition(EntityId source, int sequenceNumber) {
    static SourcePosition read(WireReader reader) {
        return new SourcePosition(EntityId.read(reader), reader.zint32("The sequence number of a source"));
    }

    void write(WireWriter writer) {
        source.write(writer);
        writer.zint32(sequenceNumber);
    }

    int wireSize() {
        return source.wireSize() + WireWriter.zintSize(Integer.toUnsignedLong(sequenceNumber));
    }
}
