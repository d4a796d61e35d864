package io.vyra.zenoh.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes into an array of its own, which grows up to a capacity and is reused. Not thread-safe.
 *
 * <p>What does not fit ends in a {@link CapacityExceededException}; {@link #position(int)} takes back what was written before it.
 */
public final class WireWriter {
    private static final int SMALLEST = 512;

    private final int capacity;
    private byte[] array;
    private int position;

    /**
     * @param capacity how many bytes it holds at most
     */
    public WireWriter(int capacity) {
        this.capacity = capacity;
        this.array = new byte[Math.min(SMALLEST, capacity)];
    }

    public int position() {
        return position;
    }

    /** Takes back what was written after the given position. */
    public void position(int newPosition) {
        if (newPosition < 0 || newPosition > position) {
            throw new IllegalArgumentException("Position " + newPosition + " is not between 0 and " + position);
        }
        position = newPosition;
    }

    /** What was written so far lies at 0 to {@link #position}; valid until the next write. */
    public byte[] array() {
        return array;
    }

    public byte[] toArray() {
        return Arrays.copyOf(array, position);
    }

    public void u8(int value) {
        ensure(1);
        array[position++] = (byte) value;
    }

    /** Two bytes, little-endian. */
    public void u16(int value) {
        ensure(2);
        array[position++] = (byte) value;
        array[position++] = (byte) (value >>> 8);
    }

    /** Overwrites two bytes written before, little-endian. */
    public void u16At(int index, int value) {
        array[index] = (byte) value;
        array[index + 1] = (byte) (value >>> 8);
    }

    /** Overwrites a byte written before. */
    public void u8At(int index, int value) {
        array[index] = (byte) value;
    }

    /** A variable-length integer; all 64 bits count, so a negative value is written as its unsigned one. */
    public void zint(long value) {
        ensure(zintSize(value));
        long rest = value;
        int written = 0;
        while (written < 8 && (rest & ~0x7fL) != 0) {
            array[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
            written++;
        }
        array[position++] = (byte) rest;
    }

    /** A variable-length integer of 32 unsigned bits. */
    public void zint32(int value) {
        zint(Integer.toUnsignedLong(value));
    }

    public void bytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, array, position, length);
        position += length;
    }

    public void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    /** The bytes alone, without their length. */
    public void bytes(Bytes source) {
        source.writeTo(this);
    }

    /** The bytes with their length in front. */
    public void counted(Bytes source) {
        zint(source.size());
        source.writeTo(this);
    }

    public void counted(byte[] source) {
        zint(source.length);
        bytes(source, 0, source.length);
    }

    /** A text as UTF-8 with its length in bytes in front. */
    public void string(String text) {
        counted(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes {@link #zint} writes for a value. */
    public static int zintSize(long value) {
        int bits = 64 - Long.numberOfLeadingZeros(value | 1);
        return Math.min(9, (bits + 6) / 7);
    }

    private void ensure(int more) {
        int needed = position + more;
        if (needed < 0 || needed > capacity) {
            throw CapacityExceededException.INSTANCE;
        }
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(array.length * 2L, capacity)));
        }
    }
}
