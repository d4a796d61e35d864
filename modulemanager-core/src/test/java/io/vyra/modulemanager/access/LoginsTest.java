package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.access.Logins.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String ADDRESS = "192.0.2.7";

    private AccessFixture access;

    @BeforeEach
    void open(@TempDir Path folder) {
        access = new AccessFixture(folder);
        access.accounts.create("anna", PASSWORD, Role.VIEWER, false);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void shouldOpenASessionForTheRightPassword() {
        Outcome outcome = access.logins.attempt("anna", PASSWORD, ADDRESS);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Success.class,
                        success -> assertThat(
                                        access.sessions.find(success.opened().token()))
                                .isPresent());
        assertThat(outcome.toString()).doesNotContain("mms_");
    }

    @Test
    void shouldRejectWrongPasswordAndUnknownUserAlike() {
        assertThat(access.logins.attempt("anna", "wrong password", ADDRESS)).isEqualTo(new Outcome.Rejected());
        assertThat(access.logins.attempt("nobody", PASSWORD, ADDRESS)).isEqualTo(new Outcome.Rejected());
        assertThat(access.logins.attempt("x'; DROP TABLE account; --", PASSWORD, ADDRESS))
                .isEqualTo(new Outcome.Rejected());
    }

    @Test
    void shouldLockTheUserAfterFiveFailuresAndThenLonger() {
        fail("anna", ADDRESS, LoginThrottle.USER_FAILURES);

        assertThat(access.logins.attempt("anna", PASSWORD, "192.0.2.8"))
                .isEqualTo(new Outcome.Locked(LoginThrottle.FIRST_LOCK));
        access.advance(LoginThrottle.FIRST_LOCK);
        fail("anna", ADDRESS, 1);

        assertThat(access.logins.attempt("anna", PASSWORD, ADDRESS))
                .isEqualTo(new Outcome.Locked(LoginThrottle.FIRST_LOCK.multipliedBy(2)));
    }

    @Test
    void shouldNeverLockLongerThanTheLongestLock() {
        for (int i = 0; i < 40; i++) {
            fail("anna", ADDRESS, 1);
            access.advance(LoginThrottle.LONGEST_LOCK);
        }

        assertThat(access.logins.attempt("anna", PASSWORD, ADDRESS)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void shouldLockTheAddressThatTriesManyUsers() {
        for (int i = 0; i < LoginThrottle.ADDRESS_FAILURES; i++) {
            fail("user" + i, ADDRESS, 1);
        }

        assertThat(access.logins.attempt("anna", PASSWORD, ADDRESS)).isInstanceOf(Outcome.Locked.class);
        assertThat(access.logins.attempt("anna", PASSWORD, "192.0.2.8")).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void shouldClearFailuresOnSuccessAndAfterAnHour() {
        fail("anna", ADDRESS, LoginThrottle.USER_FAILURES - 1);
        assertThat(access.logins.attempt("anna", PASSWORD, ADDRESS)).isInstanceOf(Outcome.Success.class);
        fail("anna", ADDRESS, LoginThrottle.USER_FAILURES - 1);
        access.advance(LoginThrottle.MEMORY.plusSeconds(1));
        fail("anna", ADDRESS, 1);

        assertThat(access.logins.attempt("anna", PASSWORD, ADDRESS)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void shouldForgetTheOldestWhenTooManyNamesAreTried() {
        LoginThrottle throttle = new LoginThrottle(access.clock);
        for (int i = 0; i < LoginThrottle.USER_FAILURES; i++) {
            throttle.failed("anna", "198.51.100.1");
        }
        for (int i = 0; i < LoginThrottle.MAX_ENTRIES; i++) {
            throttle.failed("user" + i, "2001:db8::" + i);
        }

        assertThat(throttle.lockedFor("anna", "203.0.113.1")).isEmpty();
    }

    @Test
    void shouldThrottleGuessingOfTheOldPasswordToo() {
        for (int i = 0; i < LoginThrottle.USER_FAILURES; i++) {
            assertThatThrownBy(
                            () -> access.logins.changePassword("anna", "wrong password", "another good one", ADDRESS))
                    .hasMessageContaining("invalid-request");
        }

        assertThatThrownBy(() -> access.logins.changePassword("anna", PASSWORD, "another good one", ADDRESS))
                .hasMessageContaining("too-many-requests");
        access.advance(Duration.ofMinutes(1));
        assertThat(access.sessions.find(access.logins
                        .changePassword("anna", PASSWORD, "another good one", ADDRESS)
                        .token()))
                .isPresent();
    }

    private void fail(String user, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(access.logins.attempt(user, "wrong password", address)).isEqualTo(new Outcome.Rejected());
        }
    }
}
