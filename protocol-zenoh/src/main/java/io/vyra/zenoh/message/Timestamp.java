package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.time.Instant;

/**
 * When and where a sample was first seen: a hybrid logical clock's time and the identity of the clock.
 *
 * @param time 32 bits of seconds since 1970 and 32 bits of their fraction (NTP64)
 * @param id whose clock it was
 */
public record Timestamp(long time, ZenohId id) implements Comparable<Timestamp> {
    private static final double FRACTION = 0x1p32;

    /** The time on the calendar, good to a quarter of a nanosecond. */
    public Instant instant() {
        return Instant.ofEpochSecond(time >>> 32, Math.round((time & 0xffff_ffffL) / FRACTION * 1e9));
    }

    @Override
    public int compareTo(Timestamp other) {
        int byTime = Long.compareUnsigned(time, other.time);
        return byTime != 0 ? byTime : id.toString().compareTo(other.id.toString());
    }

    static Timestamp read(WireReader reader) {
        long time = reader.zint();
        return new Timestamp(time, ZenohId.read(reader, reader.length("The id of a timestamp", 16)));
    }

    void write(WireWriter writer) {
        writer.zint(time);
        writer.zint(id.size());
        id.write(writer);
    }

    int wireSize() {
        return WireWriter.zintSize(time) + 1 + id.size();
    }
}
