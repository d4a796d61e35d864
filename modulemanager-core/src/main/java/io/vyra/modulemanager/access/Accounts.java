package io.vyra.modulemanager.access;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Who may log in, with which role. Durable.
 *
 * <p>Thread-safe; changes are made one at a time, so that the last administrator cannot be lost to a race. A changed role or
 * password, and a deletion, end the user's sessions.
 */
public final class Accounts {
    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

    /** Characters a password has at the least. */
    public static final int MIN_PASSWORD = 10;

    /** Characters a password has at the most; a longer one would only cost time to hash. */
    public static final int MAX_PASSWORD = 256;

    private final AccountStore store;
    private final PasswordHasher hasher;
    private final Sessions sessions;
    private final InstantSource clock;
    private final InitialPassword initialPassword;

    public Accounts(
            Database database,
            PasswordHasher hasher,
            Sessions sessions,
            InitialPassword initialPassword,
            InstantSource clock) {
        this.store = new AccountStore(database);
        this.hasher = hasher;
        this.sessions = sessions;
        this.initialPassword = initialPassword;
        this.clock = clock;
    }

    /** By user name. */
    public List<Account> list() {
        return store.all().stream().map(AccountStore.Stored::account).toList();
    }

    /**
     * @throws ProblemException {@code NOT_FOUND}
     */
    public Account get(String username) {
        return stored(username).account();
    }

    /**
     * Creates the administrator with a random password when there is no account at all.
     *
     * @return the password; empty when there are accounts already
     */
    public synchronized Optional<String> createFirstAdministrator() {
        if (!store.all().isEmpty()) {
            return Optional.empty();
        }
        String password = initialPassword.create();
        boolean created = store.insert(
                new Account(InitialPassword.USERNAME, Role.ADMIN, true, clock.instant()),
                hasher.hashOfRandom(password));
        LOG.infof(
                "First administrator created user=%s created=%s file=%s",
                InitialPassword.USERNAME, created, initialPassword.file());
        return Optional.of(password);
    }

    /**
     * @throws ProblemException {@code INVALID_REQUEST} naming the field, or {@code CONFLICT} when the name is taken
     */
    public synchronized Account create(String username, String password, Role role, boolean mustChangePassword) {
        if (!USERNAME.matcher(username).matches()) {
            throw invalid(
                    "/username",
                    "must start with a lower-case letter and have 2 to 32 lower-case letters, digits, dots, hyphens or"
                            + " underscores");
        }
        requireGoodPassword("/password", password, username);
        Account account = new Account(username, role, mustChangePassword, clock.instant());
        if (!store.insert(account, hasher.hash(password))) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "There is a user named '" + username + "' already. Choose another name.");
        }
        LOG.infof("Account created user=%s role=%s", username, role.wire());
        return account;
    }

    /**
     * Changes what is given and leaves the rest.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code INVALID_REQUEST} for a weak password; {@code CONFLICT} when no
     *     administrator would be left
     */
    public synchronized Account change(
            String username, Optional<Role> role, Optional<String> password, Optional<Boolean> mustChangePassword) {
        AccountStore.Stored before = stored(username);
        password.ifPresent(given -> requireGoodPassword("/password", given, username));
        Role newRole = role.orElse(before.account().role());
        if (newRole != Role.ADMIN) {
            requireAnotherAdministrator(before.account(), "demoted");
        }
        Account after = new Account(
                username,
                newRole,
                mustChangePassword.orElse(
                        password.isPresent() || before.account().mustChangePassword()),
                before.account().createdAt());
        store.update(new AccountStore.Stored(after, password.map(hasher::hash).orElse(before.passwordHash())));
        if (password.isPresent()) {
            initialPassword.forget(username);
        }
        if (password.isPresent() || !after.equals(before.account())) {
            sessions.endAll(username);
        }
        LOG.infof(
                "Account changed user=%s role=%s password_changed=%s", username, newRole.wire(), password.isPresent());
        return after;
    }

    /**
     * Changes a user's own password and ends all their sessions.
     *
     * @throws ProblemException {@code INVALID_REQUEST} when the old password is wrong or the new one is weak or the same
     */
    public synchronized Account changeOwnPassword(String username, String oldPassword, String newPassword) {
        AccountStore.Stored before = stored(username);
        if (!hasher.matches(oldPassword, before.passwordHash())) {
            throw invalid("/old_password", "is not your present password");
        }
        requireGoodPassword("/new_password", newPassword, username);
        if (newPassword.equals(oldPassword)) {
            throw invalid("/new_password", "must differ from the present password");
        }
        Account after = new Account(
                username, before.account().role(), false, before.account().createdAt());
        store.update(new AccountStore.Stored(after, hasher.hash(newPassword)));
        initialPassword.forget(username);
        sessions.endAll(username);
        LOG.infof("Password changed user=%s", username);
        return after;
    }

    /**
     * @throws ProblemException {@code NOT_FOUND}, or {@code CONFLICT} when no administrator would be left
     */
    public synchronized void delete(String username) {
        Account account = stored(username).account();
        requireAnotherAdministrator(account, "deleted");
        store.delete(username);
        initialPassword.forget(username);
        sessions.endAll(username);
        LOG.infof("Account deleted user=%s", username);
    }

    /** The account when the password is right; takes equally long for a user that does not exist. */
    Optional<Account> authenticate(String username, String password) {
        if (password.length() > MAX_PASSWORD) {
            return Optional.empty();
        }
        Optional<AccountStore.Stored> stored =
                USERNAME.matcher(username).matches() ? store.find(username) : Optional.empty();
        if (stored.isEmpty()) {
            hasher.matchNobody(password);
            return Optional.empty();
        }
        return stored.filter(found -> hasher.matches(password, found.passwordHash()))
                .map(AccountStore.Stored::account);
    }

    /** Whether the account is still exactly this one. */
    boolean isPresent(Account account) {
        return store.find(account.username())
                .map(AccountStore.Stored::account)
                .filter(account::equals)
                .isPresent();
    }

    private AccountStore.Stored stored(String username) {
        return store.find(username)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND,
                        "There is no user named '" + username + "'. List the users with GET /api/v1/users."));
    }

    private void requireAnotherAdministrator(Account account, String what) {
        boolean another = store.all().stream()
                .map(AccountStore.Stored::account)
                .anyMatch(
                        other -> other.role() == Role.ADMIN && !other.username().equals(account.username()));
        if (account.role() == Role.ADMIN && !another) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "'" + account.username() + "' is the only administrator and cannot be " + what
                            + ". Make another user an administrator first.");
        }
    }

    private static void requireGoodPassword(String pointer, String password, String username) {
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            throw invalid(pointer, "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
        }
        if (Objects.equals(password, username) || password.chars().distinct().count() < 4) {
            throw invalid(pointer, "must not be the user name and must have at least 4 different characters");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(new Problem(
                ProblemType.INVALID_REQUEST,
                "The value at " + pointer + " " + detail + ".",
                List.of(new FieldError(pointer, detail))));
    }
}
