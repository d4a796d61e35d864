package io.vyra.ros2.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads from a part of an array, which it can be pointed at again and again. Not thread-safe.
 *
 * <p>Numbers are read in the order given by {@link #order}, at the place where the reader stands: {@link #align} comes first where CDR asks
 * for it. Lengths are checked against the bytes that are really there, so no peer makes a reader allocate more than it sent. Every failure
 * is a {@link MalformedDataException}.
 */
public final class WireReader {
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};

    private byte[] array = NOTHING;
    private int origin;
    private int position;
    private int limit;
    private boolean little = true;

    /** Reads nothing until {@link #reset} is called. */
    public WireReader() {}

    public WireReader(byte[] array) {
        reset(array, 0, array.length);
    }

    /** Reads these bytes from now on. Alignment counts from their start. */
    public WireReader reset(byte[] newArray, int offset, int length) {
        array = newArray;
        origin = offset;
        position = offset;
        limit = offset + length;
        return this;
    }

    public WireReader order(ByteOrder order) {
        little = order == ByteOrder.LITTLE_ENDIAN;
        return this;
    }

    public ByteOrder order() {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** Alignment counts from here on. */
    public void alignFromHere() {
        origin = position;
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

    public void position(int newPosition) {
        if (newPosition < origin || newPosition > limit) {
            throw new MalformedDataException("The place " + (newPosition - origin) + " is outside of the data");
        }
        position = newPosition;
    }

    /** Index after the last byte in {@link #array}. */
    public int limit() {
        return limit;
    }

    public void limit(int newLimit) {
        if (newLimit < position || newLimit > array.length) {
            throw new IllegalArgumentException(
                    "A limit of " + newLimit + " is not between " + position + " and " + array.length);
        }
        limit = newLimit;
    }

    /** What is read from; for views of the bytes at {@link #position}. */
    public byte[] array() {
        return array;
    }

    /** Leaves out what is between here and the next multiple of a power of two. */
    public void align(int size) {
        skip(-(position - origin) & (size - 1));
    }

    public byte i8() {
        require(1);
        return array[position++];
    }

    public int u8() {
        return i8() & 0xff;
    }

    public short i16() {
        require(2);
        short value = (short) (little ? SHORT_LE : SHORT_BE).get(array, position);
        position += 2;
        return value;
    }

    public int u16() {
        return i16() & 0xffff;
    }

    public int i32() {
        require(4);
        int value = little ? (int) INT_LE.get(array, position) : (int) INT_BE.get(array, position);
        position += 4;
        return value;
    }

    public long u32() {
        return Integer.toUnsignedLong(i32());
    }

    public long i64() {
        require(8);
        long value = little ? (long) LONG_LE.get(array, position) : (long) LONG_BE.get(array, position);
        position += 8;
        return value;
    }

    /** An unsigned count of elements of at least that size each, which must all be there. */
    public int count(String what, int elementSize) {
        long value = u32();
        if (value * elementSize > remaining()) {
            throw new MalformedDataException(
                    what + " says it has " + value + " elements, but only " + remaining() + " bytes follow");
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

    /** Leaves the next bytes out. */
    public void skip(int length) {
        require(length);
        position += length;
    }

    private void require(int length) {
        if (length < 0 || length > limit - position) {
            throw new MalformedDataException(
                    "The data ends " + ((long) length - (limit - position)) + " bytes too early");
        }
    }
}
