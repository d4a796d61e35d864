package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/** The identity of a node: 1 to 16 bytes, little-endian, the last of them not zero. */
public final class ZenohId {
    private static final int LONGEST = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private ZenohId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An identity of 16 random bytes. */
    public static ZenohId random() {
        byte[] bytes = new byte[LONGEST];
        RANDOM.nextBytes(bytes);
        bytes[LONGEST - 1] |= 1;
        return new ZenohId(bytes);
    }

    /**
     * The identity with these little-endian bytes; zeros at the end do not count.
     *
     * @throws IllegalArgumentException when there are no bytes but zeros, or more than 16
     */
    public static ZenohId of(byte[] littleEndian) {
        int length = littleEndian.length;
        while (length > 0 && littleEndian[length - 1] == 0) {
            length--;
        }
        if (length == 0 || length > LONGEST) {
            throw new IllegalArgumentException(
                    "A Zenoh id has 1 to 16 bytes that are not all zero, not " + littleEndian.length);
        }
        return new ZenohId(Arrays.copyOf(littleEndian, length));
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    /** The little-endian bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    static ZenohId read(WireReader reader, int length) {
        if (length < 1 || length > LONGEST) {
            throw new MalformedMessageException("A Zenoh id has 1 to 16 bytes, not " + length);
        }
        byte[] bytes = reader.copy(length);
        for (byte each : bytes) {
            if (each != 0) {
                return of(bytes);
            }
        }
        throw new MalformedMessageException("A Zenoh id is all zeros");
    }

    void write(WireWriter writer) {
        writer.bytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZenohId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As Zenoh prints it: the number in hexadecimal, without leading zeros. */
    @Override
    public String toString() {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian).toString(16);
    }
}
