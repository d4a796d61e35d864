package io.vyra.ros2.idl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The hash of an interface since ROS 2 Iron, as in {@code RIHS01_df668c74…}: version 1, SHA-256 of the type description (REP-2016). */
public record TypeHash(String text) {
    private static final Pattern SYNTAX = Pattern.compile("RIHS01_[0-9a-f]{64}");

    public TypeHash {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("A type hash is RIHS01_ and 64 hexadecimal digits: " + text);
        }
    }

    static TypeHash of(String description) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(description.getBytes(StandardCharsets.UTF_8));
            return new TypeHash("RIHS01_" + HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
