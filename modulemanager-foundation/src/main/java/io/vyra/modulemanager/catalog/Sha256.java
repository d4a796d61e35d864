package io.vyra.modulemanager.catalog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) over a stream of bytes, as lower-case hexadecimal. Not thread-safe. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java must offer SHA-256", e);
        }
    }

    static String of(byte[] content) {
        Sha256 sha = new Sha256();
        sha.update(content, content.length);
        return sha.finish();
    }

    void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** The digest of all bytes so far; afterwards it begins anew. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
