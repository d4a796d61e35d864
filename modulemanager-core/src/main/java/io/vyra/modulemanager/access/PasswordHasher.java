package io.vyra.modulemanager.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;

/**
 * Argon2id (RFC 9106) with parameters that a small robot can afford: 19 MiB, 2 passes, 1 lane.
 *
 * <p>Thread-safe. At most two passwords are hashed at a time, so that many logins at once cannot take the memory the modules need.
 */
public final class PasswordHasher {
    private static final int MEMORY_KIB = 19 << 10;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final SecureRandom random;
    private final Argon2Function function;
    private final Semaphore slots = new Semaphore(2, true);
    private final String nobody;

    public PasswordHasher(SecureRandom random) {
        this(random, MEMORY_KIB);
    }

    /** For tests that hash often: the same algorithm with less memory. */
    PasswordHasher(SecureRandom random, int memoryKib) {
        this.random = random;
        this.function = Argon2Function.getInstance(memoryKib, PASSES, LANES, HASH_BYTES, Argon2.ID);
        this.nobody = hash("nobody has this password");
    }

    /** The password's hash in the PHC string format, with a random salt. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inSlot(() ->
                function.hash(password.getBytes(StandardCharsets.UTF_8), salt).getResult());
    }

    public boolean matches(String password, String hash) {
        return inSlot(() -> Argon2Function.getInstanceFromHash(hash).check(password, hash));
    }

    /** Takes as long as {@link #matches}, so that the time of an answer does not tell which user names exist. */
    public void matchNobody(String password) {
        boolean unused = matches(password, nobody);
    }

    private <T> T inSlot(java.util.function.Supplier<T> work) {
        slots.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}
