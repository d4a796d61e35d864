package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/**
 * An entity of a node: a publisher, a queryable, a querier.
 *
 * @param node the node
 * @param number the entity's number there, 32 bits unsigned
 */
public record EntityId(ZenohId node, int number) {
    static EntityId read(WireReader reader) {
        int length = 1 + (reader.u8() >> 4);
        return new EntityId(ZenohId.read(reader, length), reader.zint32("The number of an entity"));
    }

    void write(WireWriter writer) {
        writer.u8((node.size() - 1) << 4);
        node.write(writer);
        writer.zint32(number);
    }

    int wireSize() {
        return 1 + node.size() + WireWriter.zintSize(Integer.toUnsignedLong(number));
    }
}
