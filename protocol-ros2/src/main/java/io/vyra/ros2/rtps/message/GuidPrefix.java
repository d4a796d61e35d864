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

    static GuidPrefix read(WireReader reader) {
        ByteOrder order = reader.order();
        reader.order(ByteOrder.BIG_ENDIAN);
        GuidPrefix prefix = new GuidPrefix(reader.i64(), reader.i32());
        reader.order(order);
        return prefix;
    }

    void write(WireWriter writer) {
        ByteOrder order = writer.order();
        writer.order(ByteOrder.BIG_ENDIAN);
        writer.i64(high);
        writer.i32(low);
        writer.order(order);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
