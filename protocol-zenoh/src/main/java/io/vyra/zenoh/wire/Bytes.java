package io.vyra.zenoh.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes: a payload, an attachment, a cookie. Thread-safe as long as the array given to {@link #wrap} is left alone.
 */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The given array itself: not copied, so it must not be changed any more. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /** A part of the given array itself: not copied, so it must not be changed any more. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** A copy of the given array. */
    public static Bytes copyOf(byte[] array) {
        return wrap(array.clone());
    }

    /** The UTF-8 form of a text. */
    public static Bytes of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes there are. */
    public int size() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only view of the bytes. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String toText() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    void writeTo(WireWriter writer) {
        writer.bytes(array, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Size and the first bytes in hexadecimal, for logs. */
    @Override
    public String toString() {
        int shown = Math.min(length, 16);
        return length + " bytes [" + HexFormat.of().formatHex(array, offset, offset + shown)
                + (shown < length ? "…]" : "]");
    }
}
