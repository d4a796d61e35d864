package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;

/** Parameter lists: an id, a length and a value again and again, until a sentinel (DDSI-RTPS 2.5 §9.4.2.11). */
public final class Parameters {
    private Parameters() {}

    /** Is given each parameter; the reader ends where the value ends. */
    @FunctionalInterface
    public interface Visitor {
        void parameter(int id, WireReader value);
    }

    /**
     * Reads up to and including the sentinel.
     *
     * @throws MalformedDataException when a parameter ends outside of the list, or the sentinel is missing
     */
    public static void read(WireReader reader, Visitor visitor) {
        int limit = reader.limit();
        while (true) {
            int raw = reader.u16();
            int length = reader.u16();
            if (raw == ParameterId.SENTINEL) {
                return;
            }
            int id = ParameterId.of(raw);
            if (length > reader.remaining() || length % 4 != 0) {
                throw new MalformedDataException("The parameter " + Integer.toHexString(id) + " has " + length
                        + " bytes, but " + reader.remaining() + " follow");
            }
            int end = reader.position() + length;
            reader.limit(end);
            if (id != ParameterId.PAD) {
                visitor.parameter(id, reader);
            }
            reader.position(end);
            reader.limit(limit);
        }
    }

    /** Starts a parameter; the result is for {@link #end}. */
    public static int start(WireWriter writer, int id) {
        writer.i16(id);
        writer.i16(0);
        return writer.position();
    }

    /** Ends the parameter whose value began there, and fills it up to four bytes. */
    public static void end(WireWriter writer, int start) {
        writer.zeros(-(writer.position() - start) & 3);
        writer.i16At(start - 2, writer.position() - start);
    }

    public static void sentinel(WireWriter writer) {
        writer.i16(ParameterId.SENTINEL);
        writer.i16(0);
    }
}
