package io.vyra.modulemanager.access;

import io.vyra.modulemanager.state.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The access package on a database of its own, with a clock the test moves. */
final class AccessFixture implements AutoCloseable {
    /** A small one: what is tested here is not Argon2. */
    static final PasswordHasher HASHER = new PasswordHasher(new SecureRandom(), 64);

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    final InstantSource clock = () -> now;
    final Path folder;
    final Database database;
    final Sessions sessions;
    final InitialPassword initialPassword;
    final Accounts accounts;
    final Logins logins;
    final ModuleTokens moduleTokens;

    AccessFixture(Path folder) {
        SecureRandom random = new SecureRandom();
        this.folder = folder;
        database = Database.open(folder);
        sessions = new Sessions(database, clock, random);
        initialPassword = new InitialPassword(folder, random);
        accounts = new Accounts(database, HASHER, sessions, initialPassword, clock);
        logins = new Logins(accounts, sessions, clock);
        moduleTokens = new ModuleTokens(database, clock, random);
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        database.close();
    }
}
