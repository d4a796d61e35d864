package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;

/** An entity in the whole domain: sixteen bytes. */
public record Guid(GuidPrefix prefix, EntityId entity) {
    /** How many bytes it takes. */
    public static final int SIZE = 16;

    public static final Guid UNKNOWN = new Guid(GuidPrefix.UNKNOWN, EntityId.UNKNOWN);

    public static Guid read(WireReader reader) {
        return new Guid(GuidPrefix.read(reader), EntityId.read(reader));
    }

    public void write(WireWriter writer) {
        prefix.write(writer);
        entity.write(writer);
    }

    public byte[] toBytes() {
        WireWriter writer = new WireWriter(SIZE);
        write(writer);
        return writer.toArray();
    }

    /** Reads the first sixteen of the bytes. */
    public static Guid of(byte[] bytes) {
        return read(new WireReader(bytes));
    }

    @Override
    public String toString() {
        return prefix + ":" + entity;
    }
}
