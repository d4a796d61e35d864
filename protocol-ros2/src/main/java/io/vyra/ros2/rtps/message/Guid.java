package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;

/** An entity in the whole domain: sixteen bytes. */
public record Guid(GuidPrefix prefix, EntityId entity) {
    /** How many bytes it takes. */
    public static final int SIZE = 16;

    public static final Guid UNKNOWN = new Guid(GuidPrefix.UNKNOWN, EntityId.UNKNOWN);

    /** Those met last, by their hash: packets name the same few again and again. Without a lock, for they are immutable. */
    private static final Guid[] RECENT = new Guid[1_024];

    /** The same as by the constructor, but one that is there already when it was met lately. */
    public static Guid of(GuidPrefix prefix, EntityId entity) {
        int slot = (prefix.hashCode() + entity.value() * 31) * 0x9e3779b9 >>> 22;
        Guid known = RECENT[slot];
        if (known == null || !known.entity.equals(entity) || !known.prefix.equals(prefix)) {
            known = new Guid(prefix, entity);
            RECENT[slot] = known;
        }
        return known;
    }

    public static Guid read(WireReader reader) {
        return of(GuidPrefix.read(reader), EntityId.read(reader));
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
