package io.vyra.zenoh.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads from a part of an array, which it can be pointed at again and again. Not thread-safe.
 *
 * <p>Lengths are checked against the bytes that are really there before anything is allocated, so no peer makes a reader allocate more
 * than it sent. Every failure is a {@link MalformedMessageException}.
 */
public final class WireReader {
    private static final byte[] NOTHING = {};

    private byte[] array = NOTHING;
    private int position;
    private int limit;

    /** Reads nothing until {@link #reset} is called. */
    public WireReader() {}

    public WireReader(byte[] array) {
        reset(array, 0, array.length);
    }

    /** Reads these bytes from now on. */
    public WireReader reset(byte[] newArray, int offset, int length) {
        array = newArray;
        position = offset;
        limit = offset + length;
        return this;
    }

    public int remaining() {
        return limit - position;
    }

    public boolean hasRemaining() {
        return position < limit;
    }

    /** Index of the next byte in {@link #array}. */
    public int position() {
        return position;
    }

    /** Index after the last byte in {@link #array}. */
    public int limit() {
        return limit;
    }

    /** What is read from; for views of the bytes at {@link #position}, valid until the next {@link #reset}. */
    public byte[] array() {
        return array;
    }

    /** Makes the bytes from here on another number, as when an extension's body ends. */
    public void limit(int newLimit) {
        if (newLimit < position || newLimit > array.length) {
            throw new IllegalArgumentException(
                    "A limit of " + newLimit + " is not between " + position + " and " + array.length);
        }
        limit = newLimit;
    }

    /** The next byte, unsigned, which stays unread. */
    public int peek() {
        require(1);
        return array[position] & 0xff;
    }

    /** The next byte, unsigned. */
    public int u8() {
        require(1);
        return array[position++] & 0xff;
    }

    /** Two bytes, little-endian, unsigned. */
    public int u16() {
        require(2);
        int value = (array[position] & 0xff) | (array[position + 1] & 0xff) << 8;
        position += 2;
        return value;
    }

    /** A variable-length integer of up to 64 bits: seven bits a byte, least significant first, the ninth byte whole. */
    public long zint() {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 56; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        return value | (long) u8() << 56;
    }

    /** A {@link #zint} of up to 32 bits. */
    public int zint32(String what) {
        long value = zint();
        if (value >>> 32 != 0) {
            throw new MalformedMessageException(what + " is wider than 32 bits: " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** A {@link #zint} of up to 16 bits. */
    public int zint16(String what) {
        long value = zint();
        if (value >>> 16 != 0) {
            throw new MalformedMessageException(what + " is wider than 16 bits: " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** A length that the remaining bytes and the given maximum allow. */
    public int length(String what, int maximum) {
        long value = zint();
        if (value < 0 || value > maximum || value > remaining()) {
            throw new MalformedMessageException(what + " says it has " + Long.toUnsignedString(value)
                    + " bytes, but at most " + Math.min(maximum, remaining()) + " can follow");
        }
        return (int) value;
    }

    /** A copy of the next bytes. */
    public byte[] copy(int length) {
        require(length);
        byte[] copy = Arrays.copyOfRange(array, position, position + length);
        position += length;
        return copy;
    }

    /** A copy of a byte string with its length in front. */
    public Bytes bytes(String what, int maximum) {
        return Bytes.wrap(copy(length(what, maximum)));
    }

    /** A UTF-8 string with its length in bytes in front. */
    public String string(String what, int maximum) {
        return text(what, length(what, maximum));
    }

    /** The given number of bytes as UTF-8. */
    public String text(String what, int length) {
        require(length);
        int start = position;
        position += length;
        for (int i = start; i < position; i++) {
            if (array[i] < 0) {
                return strictText(what, start, length);
            }
        }
        return new String(array, start, length, StandardCharsets.ISO_8859_1);
    }

    private String strictText(String what, int start, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException(what + " is not UTF-8");
        }
    }

    /** Leaves the next bytes out. */
    public void skip(int length) {
        require(length);
        position += length;
    }

    private void require(int length) {
        if (length > limit - position) {
            throw new MalformedMessageException(
                    "The message ends " + (length - (limit - position)) + " bytes too early");
        }
    }
}
