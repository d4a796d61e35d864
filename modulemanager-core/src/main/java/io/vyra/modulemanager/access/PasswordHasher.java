package io.vyra.modulemanager.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;

/**
 * Argon2id (RFC 9106) with parameters that a small robot can afford: 7 MiB, 5 passes, 1 lane, which OWASP's Password Storage Cheat Sheet
 * calls equal in strength to 19 MiB and 2 passes. Hashes that were made with other parameters go on matching.
 *
 * <p>Thread-safe. At most two passwords are hashed at a time, so that many logins at once cannot take the memory the modules need. The
 * library keeps as much memory as one hash takes from the first one on, so nothing is hashed like this before somebody logs in.
 */
public final class PasswordHasher {
    private static final int MEMORY_KIB = 7 << 10;
    private static final int PASSES = 5;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    /** The least that Argon2 takes (RFC 9106, section 3.1), and how such a hash begins. */
    private static final int LEAST_MEMORY_KIB = 8;

    private static final String LEAST = "$argon2id$v=19$m=8,t=1,p=1$";
    private static final int SALT_BYTES = 16;

    private final SecureRandom random;
    private final int memoryKib;
    private final Semaphore slots = new Semaphore(2, true);
    /** In the form of a hash, but of no password. */
    private final String nobody;

    public PasswordHasher(SecureRandom random) {
        this(random, MEMORY_KIB);
    }

    /** For tests that hash often: the same algorithm with less memory. */
    PasswordHasher(SecureRandom random, int memoryKib) {
        this.random = random;
        this.memoryKib = memoryKib;
        this.nobody = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        Argon2Function.ARGON2_VERSION_13,
                        memoryKib,
                        PASSES,
                        LANES,
                        randomBase64(SALT_BYTES),
                        randomBase64(HASH_BYTES));
    }

    /** The password's hash in the PHC string format, with a random salt. */
    public String hash(String password) {
        return hash(password, memoryKib, PASSES);
    }

    /**
     * The same, with next to no memory and time. For random passwords of more than 100 bits alone: what makes each guess dear protects
     * those that can be guessed.
     */
    String hashOfRandom(String password) {
        return hash(password, LEAST_MEMORY_KIB, 1);
    }

    private String hash(String password, int memory, int passes) {
        byte[] salt = randomBytes(SALT_BYTES);
        return inSlot(() -> Argon2Function.getInstance(memory, passes, LANES, HASH_BYTES, Argon2.ID)
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getResult());
    }

    public boolean matches(String password, String hash) {
        boolean isMatch = inSlot(() -> Argon2Function.getInstanceFromHash(hash).check(password, hash));
        if (!isMatch && hash.startsWith(LEAST)) {
            // A quick refusal would tell that nobody has logged in yet.
            matchNobody(password);
        }
        return isMatch;
    }

    /** Takes as long as {@link #matches}, so that the time of an answer does not tell which user names exist. */
    public void matchNobody(String password) {
        boolean unused = matches(password, nobody);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String randomBase64(int length) {
        return Base64.getEncoder().withoutPadding().encodeToString(randomBytes(length));
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
