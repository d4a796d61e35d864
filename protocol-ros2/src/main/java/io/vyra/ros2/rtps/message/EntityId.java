package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** An entity within its participant: three bytes of a key and one of a kind (DDSI-RTPS 2.5 §9.3.1.2). */
public record EntityId(int value) {
    /** All entities that fit. */
    public static final EntityId UNKNOWN = new EntityId(0);

    public static final EntityId PARTICIPANT = new EntityId(0x000001c1);
    public static final EntityId SPDP_WRITER = new EntityId(0x000100c2);
    public static final EntityId SPDP_READER = new EntityId(0x000100c7);
    public static final EntityId PUBLICATIONS_WRITER = new EntityId(0x000003c2);
    public static final EntityId PUBLICATIONS_READER = new EntityId(0x000003c7);
    public static final EntityId SUBSCRIPTIONS_WRITER = new EntityId(0x000004c2);
    public static final EntityId SUBSCRIPTIONS_READER = new EntityId(0x000004c7);
    public static final EntityId LIVELINESS_WRITER = new EntityId(0x000200c2);
    public static final EntityId LIVELINESS_READER = new EntityId(0x000200c7);

    private static final int WRITER_WITHOUT_KEY = 0x03;
    private static final int READER_WITHOUT_KEY = 0x04;
    private static final int BUILT_IN = 0xc0;

    /** Those met last, by their hash: packets name the same few again and again. Without a lock, for they are immutable. */
    private static final EntityId[] RECENT = new EntityId[256];

    /** A user's writer of a type without key, which all types of ROS 2 are. */
    public static EntityId writer(int key) {
        return new EntityId(key << 8 | WRITER_WITHOUT_KEY);
    }

    /** A user's reader of a type without key. */
    public static EntityId reader(int key) {
        return new EntityId(key << 8 | READER_WITHOUT_KEY);
    }

    public boolean isBuiltIn() {
        return (value & BUILT_IN) == BUILT_IN;
    }

    static EntityId read(WireReader reader) {
        ByteOrder order = reader.order();
        reader.order(ByteOrder.BIG_ENDIAN);
        int value = reader.i32();
        reader.order(order);
        return of(value);
    }

    private static EntityId of(int value) {
        if (value == 0) {
            return UNKNOWN;
        }
        int slot = value * 0x9e3779b9 >>> 24;
        EntityId known = RECENT[slot];
        if (known == null || known.value != value) {
            known = new EntityId(value);
            RECENT[slot] = known;
        }
        return known;
    }

    void write(WireWriter writer) {
        ByteOrder order = writer.order();
        writer.order(ByteOrder.BIG_ENDIAN);
        writer.i32(value);
        writer.order(order);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
