package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** What all entities of a participant have in common: twelve bytes, of which the first two are its vendor's (DDSI-RTPS 2.5 §8.2.4.1). */
public record GuidPrefix(long high, int low) {
    /** Nobody, or everybody. */
    public static final GuidPrefix UNKNOWN = new GuidPrefix(0, 0);

    /** How many bytes it takes. */
    public static final int SIZE = 12;

    /** Those met last, by their hash: packets name the same few again and again. Without a lock, for they are immutable. */
    private static final GuidPrefix[] RECENT = new GuidPrefix[256];

    static GuidPrefix read(WireReader reader) {
        ByteOrder order = reader.order();
        reader.order(ByteOrder.BIG_ENDIAN);
        long high = reader.i64();
        int low = reader.i32();
        reader.order(order);
        return of(high, low);
    }

    private static GuidPrefix of(long high, int low) {
        int slot = (Long.hashCode(high) * 31 + low) * 0x9e3779b9 >>> 24;
        GuidPrefix known = RECENT[slot];
        if (known == null || known.high != high || known.low != low) {
            known = new GuidPrefix(high, low);
            RECENT[slot] = known;
        }
        return known;
    }

    void write(WireWriter writer) {
        ByteOrder order = writer.order();
        writer.order(ByteOrder.BIG_ENDIAN);
        writer.i64(high);
        writer.i32(low);
        writer.order(order);
    }

    /** Who made the participant, as far as it keeps to the rule. */
    public Vendor vendor() {
        return Vendor.of((int) (high >>> 48));
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
