package io.vyra.zenoh.peer;

import io.vyra.zenoh.wire.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Payloads that both sides of a test can make by themselves; see peer.py. */
public final class Payloads {
    private Payloads() {}

    /** Bytes that count up to 250 again and again. */
    public static Bytes counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return Bytes.wrap(bytes);
    }

    /** As peer.py reports a large payload. */
    public static String described(Bytes payload) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(payload.toArray());
            return "size:" + payload.size() + ":" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
