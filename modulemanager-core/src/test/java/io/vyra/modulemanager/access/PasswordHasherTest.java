package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
    private static final String PASSWORD = "correct horse battery staple";

    private final PasswordHasher hasher = new PasswordHasher(new SecureRandom());

    @Test
    void shouldMatchThePasswordItHashedAndNoOther() {
        String hash = hasher.hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
        assertThat(hasher.matches(PASSWORD, hash)).isTrue();
        assertThat(hasher.matches(PASSWORD + " ", hash)).isFalse();
    }

    @Test
    void shouldSaltEveryHash() {
        assertThat(hasher.hash(PASSWORD)).isNotEqualTo(hasher.hash(PASSWORD));
    }

    @Test
    void shouldMatchAHashOfOtherParameters() {
        String older = new PasswordHasher(new SecureRandom(), 1024).hash(PASSWORD);

        assertThat(hasher.matches(PASSWORD, older)).isTrue();
        assertThat(hasher.matches("another", older)).isFalse();
    }

    @Test
    void shouldHashARandomPasswordWithLittleMemory() {
        String hash = hasher.hashOfRandom(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=8,t=1,p=1$");
        assertThat(hasher.matches(PASSWORD, hash)).isTrue();
        assertThat(hasher.matches(PASSWORD + " ", hash)).isFalse();
    }

    /** By processor time of this thread, which other load does not add to; the least of some tries. */
    @Test
    void shouldRefuseAGuessOfARandomPasswordAsSlowlyAsOneOfAnyOther() {
        String quick = hasher.hashOfRandom(PASSWORD);
        String usual = hasher.hash(PASSWORD);

        assertThat(time(() -> hasher.matches("a guess", quick)))
                .isGreaterThan(time(() -> hasher.matches("a guess", usual)) / 2);
    }

    private static long time(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            work.run();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - begin);
        }
        return least;
    }

    @Test
    void shouldWorkForNobodyAsForSomebody() {
        assertThatCode(() -> hasher.matchNobody(PASSWORD)).doesNotThrowAnyException();
    }
}
