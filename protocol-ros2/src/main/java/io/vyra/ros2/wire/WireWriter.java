package io.vyra.ros2.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes into an array of its own, which grows up to a capacity and is reused. Not thread-safe.
 *
 * <p>Numbers are written in the order given by {@link #order}. What does not fit ends in a {@link CapacityExceededException}.
 */
public final class WireWriter {
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SMALLEST = 512;

    private final int capacity;
    private byte[] array;
    private int origin;
    private int position;
    private boolean little = true;

    /**
     * @param capacity how many bytes it holds at most
     */
    public WireWriter(int capacity) {
        this.capacity = capacity;
        this.array = new byte[Math.min(SMALLEST, capacity)];
    }

    public WireWriter order(ByteOrder order) {
        little = order == ByteOrder.LITTLE_ENDIAN;
        return this;
    }

    public ByteOrder order() {
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    public int capacity() {
        return capacity;
    }

    /** Starts anew. */
    public WireWriter clear() {
        position = 0;
        origin = 0;
        return this;
    }

    /** Alignment counts from here on. */
    public void alignFromHere() {
        origin = position;
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

    /** Fills up to the next multiple of a power of two with zeros. */
    public void align(int size) {
        zeros(-(position - origin) & (size - 1));
    }

    public void zeros(int count) {
        ensure(count);
        Arrays.fill(array, position, position + count, (byte) 0);
        position += count;
    }

    public void i8(int value) {
        ensure(1);
        array[position++] = (byte) value;
    }

    public void i16(int value) {
        ensure(2);
        (little ? SHORT_LE : SHORT_BE).set(array, position, (short) value);
        position += 2;
    }

    public void i32(int value) {
        ensure(4);
        if (little) {
            INT_LE.set(array, position, value);
        } else {
            INT_BE.set(array, position, value);
        }
        position += 4;
    }

    public void i64(long value) {
        ensure(8);
        if (little) {
            LONG_LE.set(array, position, value);
        } else {
            LONG_BE.set(array, position, value);
        }
        position += 8;
    }

    /** Overwrites two bytes that were written before. */
    public void i16At(int index, int value) {
        if (index < 0 || index > position - 2) {
            throw new IllegalArgumentException("Nothing was written at " + index);
        }
        (little ? SHORT_LE : SHORT_BE).set(array, index, (short) value);
    }

    public void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    public void bytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, array, position, length);
        position += length;
    }

    private void ensure(int more) {
        int needed = position + more;
        if (needed < 0 || needed > capacity) {
            throw new CapacityExceededException(capacity);
        }
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, (int) Math.min(array.length * 2L, capacity)));
        }
    }
}
