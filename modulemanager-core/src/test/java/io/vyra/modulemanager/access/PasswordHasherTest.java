package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
    void shouldWorkForNobodyAsForSomebody() {
        assertThatCode(() -> hasher.matchNobody(PASSWORD)).doesNotThrowAnyException();
    }
}
