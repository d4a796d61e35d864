package io.vyra.modulemanager.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Opaque random tokens of 256 bits with a prefix that tells their kind; only their SHA-256 is ever stored. */
final class Token {
    static final String SESSION = "mms_";
    static final String MODULE = "mmm_";
    private static final int BYTES = 32;
    private static final int MAX_LENGTH = 64;

    private Token() {}

    static String random(String prefix, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** True when the text may be a token of this kind; spares hashing what cannot be one. */
    static boolean isPlausible(String text, String prefix) {
        return text.length() <= MAX_LENGTH && text.startsWith(prefix);
    }

    static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
