package io.vyra.modulemanager.access;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Logging in: throttled, and silent about whether it was the name or the password that was wrong. Thread-safe. */
public final class Logins {
    private static final Logger LOG = Logger.getLogger(Logins.class);

    private final Accounts accounts;
    private final Sessions sessions;
    private final LoginThrottle throttle;

    public Logins(Accounts accounts, Sessions sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.throttle = new LoginThrottle(clock);
    }

    /** What became of an attempt to log in. */
    public sealed interface Outcome {
        record Success(Sessions.Opened opened) implements Outcome {}

        /** Wrong name or password. */
        record Rejected() implements Outcome {}

        /**
         * @param remaining time until the next attempt is looked at
         */
        record Locked(Duration remaining) implements Outcome {}
    }

    /**
     * @param address where the attempt comes from, as numeric address
     */
    public Outcome attempt(String username, String password, String address) {
        Optional<Duration> wait = throttle.lockedFor(username, address);
        if (wait.isPresent()) {
            return new Outcome.Locked(wait.get());
        }
        // Counted before the slow check, so that many attempts at once do not all slip through.
        throttle.failed(username, address);
        Optional<Account> account = accounts.authenticate(username, password);
        if (account.isEmpty()) {
            LOG.warnf("Login failed address=%s", address);
            return new Outcome.Rejected();
        }
        throttle.succeeded(username, address);
        LOG.infof("Logged in user=%s address=%s", account.get().username(), address);
        Sessions.Opened opened = sessions.open(account.get());
        if (!accounts.isPresent(account.get())) {
            // The role or password changed while the password was being checked.
            sessions.end(opened.session());
            return new Outcome.Rejected();
        }
        return new Outcome.Success(opened);
    }

    /**
     * Changes the user's own password and opens a new session in place of all the old ones.
     *
     * @throws ProblemException {@code TOO_MANY_REQUESTS} when the old password was wrong too often, and as
     *     {@link Accounts#changeOwnPassword}
     */
    public Sessions.Opened changePassword(String username, String oldPassword, String newPassword, String address) {
        if (throttle.lockedFor(username, address).isPresent()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "The present password was wrong too often. Wait up to " + LoginThrottle.LONGEST_LOCK.toMinutes()
                            + " minutes and try again.");
        }
        throttle.failed(username, address);
        Account account = accounts.changeOwnPassword(username, oldPassword, newPassword);
        throttle.succeeded(username, address);
        return sessions.open(account);
    }
}
