package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;

/**
 * The type-length-value extensions that follow a message's fields (zenoh-protocol, {@code common/extension.rs}).
 *
 * <p>A header is {@code more(1) encoding(2) mandatory(1) id(4)}. An unknown extension is skipped, unless it is mandatory.
 */
final class Extensions {
    /** In a message's or an extension's header: another extension follows. */
    static final int MORE = 0x80;

    static final int NUMBER = 0x20;
    static final int BYTES = 0x40;
    static final int MANDATORY = 0x10;

    private static final int ENCODING = 0x60;

    private Extensions() {}

    /**
     * Writes the header of one more extension.
     *
     * @param previous index of the header before it: the message's, or the previous extension's
     * @return index of this header
     */
    static int begin(WireWriter writer, int previous, int header) {
        writer.u8At(previous, writer.array()[previous] | MORE);
        int index = writer.position();
        writer.u8(header);
        return index;
    }

    static int number(WireWriter writer, int previous, int header, long value) {
        int index = begin(writer, previous, header);
        writer.zint(value);
        return index;
    }

    /** Reads past an extension whose header is known to be followed by something this side does not use. */
    static void skip(WireReader reader, int header, String message) {
        if ((header & MANDATORY) != 0) {
            throw new MalformedMessageException(message + " has the mandatory extension 0x"
                    + Integer.toHexString(header & 0x7f) + ", which is unknown here");
        }
        switch (header & ENCODING) {
            case 0 -> {}
            case NUMBER -> reader.zint();
            case BYTES -> reader.skip(reader.length("An extension", Integer.MAX_VALUE));
            default -> throw new MalformedMessageException(message + " has an extension of a reserved encoding");
        }
    }

    static void skipAll(WireReader reader, boolean hasExtensions, String message) {
        boolean more = hasExtensions;
        while (more) {
            int header = reader.u8();
            skip(reader, header, message);
            more = (header & MORE) != 0;
        }
    }

    /** Makes the reader end where the body of an extension ends; give the result to {@link #leave}. */
    static int enter(WireReader reader, String what) {
        int length = reader.length(what, Integer.MAX_VALUE);
        int outer = reader.limit();
        reader.limit(reader.position() + length);
        return outer;
    }

    /** Skips what is left of an extension's body, which a later version may have added. */
    static void leave(WireReader reader, int outer) {
        reader.skip(reader.remaining());
        reader.limit(outer);
    }
}
