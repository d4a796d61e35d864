package io.vyra.zenoh.transport;

import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authentication by user and password (zenoh-transport 1.x, {@code ext/auth/usrpwd.rs}): the acceptor sends a number, the initiator sends
 * its name and the HMAC-SHA3-256 of its password with that number as the key.
 *
 * <p>The extension's body is a list of extensions of its own; the one of this method has the id 2.
 */
final class PasswordChallenge {
    private static final int ID = 0x02;
    private static final int MORE = 0x80;
    private static final int ENCODING = 0x60;
    private static final int NUMBER = 0x20;
    private static final int BYTES = 0x40;
    private static final int LONGEST = 0xffff;

    /** What the initiator first offers, and what the acceptor says in the end. */
    static final Bytes PLAIN = Bytes.wrap(new byte[] {ID});

    /**
     * What the initiator claims.
     *
     * @param user its name
     * @param proof the keyed hash
     */
    record Claim(String user, byte[] proof) {}

    private PasswordChallenge() {}

    /** Whether this method is among those offered. */
    static boolean isOffered(Bytes body) {
        return body != null && find(body, 0) != null;
    }

    /** The acceptor's number. */
    static Bytes challenge(long number) {
        WireWriter writer = new WireWriter(10);
        writer.u8(NUMBER | ID);
        writer.zint(number);
        return Bytes.wrap(writer.toArray());
    }

    /** The number in the acceptor's answer, if it asks for this method. */
    static OptionalLong number(Bytes body) {
        WireReader found = body == null ? null : find(body, NUMBER);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found.zint());
    }

    /** The initiator's name and proof. */
    static Bytes claim(Credentials credentials, long number) {
        WireWriter claim = new WireWriter(LONGEST);
        claim.string(credentials.user());
        claim.counted(proof(credentials.passwordBytes(), number));
        WireWriter writer = new WireWriter(LONGEST);
        writer.u8(BYTES | ID);
        writer.counted(claim.toArray());
        return Bytes.wrap(writer.toArray());
    }

    /** The claim in the initiator's second message, or null. */
    static Claim claim(Bytes body) {
        WireReader found = body == null ? null : find(body, BYTES);
        if (found == null) {
            return null;
        }
        found.length("A claim", LONGEST);
        String user = found.string("A user's name", LONGEST);
        return new Claim(user, found.copy(found.length("A proof", LONGEST)));
    }

    static boolean isProven(Claim claim, String password, long number) {
        return MessageDigest.isEqual(claim.proof(), proof(new Credentials("", password).passwordBytes(), number));
    }

    private static byte[] proof(byte[] password, long number) {
        byte[] key = new byte[Long.BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (number >>> (8 * i));
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA3-256");
            mac.init(new SecretKeySpec(key, "HmacSHA3-256"));
            return mac.doFinal(password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HmacSHA3-256", e);
        }
    }

    /** A reader after the header of this method's extension, or null. */
    private static WireReader find(Bytes body, int encoding) {
        WireReader reader = new WireReader(body.toArray());
        int header = MORE;
        while ((header & MORE) != 0 && reader.hasRemaining()) {
            header = reader.u8();
            if ((header & 0x0f) == ID && (header & ENCODING) == encoding) {
                return reader;
            }
            switch (header & ENCODING) {
                case 0 -> {}
                case NUMBER -> reader.zint();
                case BYTES -> reader.skip(reader.length("An authentication", LONGEST));
                default -> throw new MalformedMessageException("An authentication is of a reserved encoding");
            }
        }
        return null;
    }
}
