package io.vyra.ros2.rtps.message;

import io.vyra.ros2.wire.MalformedDataException;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Sequence or fragment numbers within 256 from a base on (DDSI-RTPS 2.5 §9.4.2.6, §9.4.2.8).
 *
 * @param base what the first bit stands for; everything before it is no member
 * @param size how many bits count
 * @param bits most significant first
 */
public record NumberSet(long base, int size, int[] bits) {
    /** What a set spans at most. */
    public static final int WIDEST = 256;

    /** No members, and no place either. */
    public static final NumberSet NONE = new NumberSet(1, 0, new int[0]);

    /** A set without members. */
    public static NumberSet empty(long base) {
        return new NumberSet(base, 0, NONE.bits);
    }

    static NumberSet read(WireReader reader, long base) {
        NumberSet members = readMembers(reader, base);
        return members.size() == 0 ? empty(Math.max(1, base)) : members;
    }

    /** Reads what follows the base; {@link #NONE} when there are no members. */
    static NumberSet readMembers(WireReader reader, long base) {
        long size = reader.u32();
        // Fast DDS acknowledges nothing from 0 on before it knows anything of a writer.
        if (base < (size == 0 ? 0 : 1) || size > WIDEST) {
            throw new MalformedDataException("A set from " + base + " on with " + size + " bits");
        }
        if (size == 0) {
            return NONE;
        }
        int[] bits = new int[((int) size + 31) / 32];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = reader.i32();
        }
        return new NumberSet(base, (int) size, bits);
    }

    void write(WireWriter writer) {
        writer.i32(size);
        for (int i = 0; i < (size + 31) / 32; i++) {
            writer.i32(bits[i]);
        }
    }

    public boolean contains(long number) {
        long index = number - base;
        return index >= 0 && index < size && (bits[(int) index / 32] & 1 << (31 - (int) index % 32)) != 0;
    }

    public void forEach(LongConsumer action) {
        for (int i = 0; i < size; i++) {
            if ((bits[i / 32] & 1 << (31 - i % 32)) != 0) {
                action.accept(base + i);
            }
        }
    }

    /** Collects members, which may only grow. */
    public static final class Builder {
        private final long base;
        private final int[] bits = new int[WIDEST / 32];
        private int size;

        public Builder(long base) {
            this.base = base;
        }

        /** Whether the number was within reach. */
        public boolean add(long number) {
            long index = number - base;
            if (index < 0 || index >= WIDEST) {
                return false;
            }
            bits[(int) index / 32] |= 1 << (31 - (int) index % 32);
            size = Math.max(size, (int) index + 1);
            return true;
        }

        public NumberSet build() {
            return new NumberSet(base, size, Arrays.copyOf(bits, (size + 31) / 32));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberSet that
                && base == that.base
                && size == that.size
                && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(base) + Arrays.hashCode(bits);
    }
}
