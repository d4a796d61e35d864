package io.vyra.modulemanager.api.auth;

import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.access.Accounts;
import io.vyra.modulemanager.access.InitialPassword;
import io.vyra.modulemanager.access.Logins;
import io.vyra.modulemanager.access.PasswordHasher;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.state.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.Console;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Makes the core's access package available to the resources, on the database and clock the runner provides. Module tokens come from
 * the runner too, because the core issues them.
 */
@Singleton
public class AccessBeans {
    private static final Logger LOG = Logger.getLogger(AccessBeans.class);

    /** Less than any other observer of the start has. */
    private static final int BEFORE_THE_REST = 1;

    private final SecureRandom random = new SecureRandom();
    private CompletableFuture<Optional<String>> firstPassword;

    @Produces
    @Singleton
    Sessions sessions(Database database, InstantSource clock) {
        return new Sessions(database, clock, random);
    }

    @Produces
    @Singleton
    InitialPassword initialPassword(ApiConfiguration configuration) {
        return new InitialPassword(configuration.data(), random);
    }

    @Produces
    @Singleton
    Accounts accounts(Database database, Sessions sessions, InitialPassword initialPassword, InstantSource clock) {
        return new Accounts(database, new PasswordHasher(random), sessions, initialPassword, clock);
    }

    @Produces
    @Singleton
    Logins logins(Accounts accounts, Sessions sessions, InstantSource clock) {
        return new Logins(accounts, sessions, clock);
    }

    /** Beside the rest of the start, which needs no account. */
    void beginFirstAdministrator(@Observes @Priority(BEFORE_THE_REST) StartupEvent event, Accounts accounts) {
        firstPassword = CompletableFuture.supplyAsync(
                accounts::createFirstAdministrator,
                Thread.ofPlatform().name("first-administrator").daemon()::start);
    }

    /**
     * Before the service answers, because whoever waits for that reads the password then. The password itself goes to a person at a
     * terminal only, never to a log that is kept.
     */
    void tellFirstAdministrator(@Observes StartupEvent event, InitialPassword initialPassword) {
        Optional<String> password = firstPassword.join();
        if (password.isEmpty()) {
            return;
        }
        LOG.infof(
                "Log in as admin with the password in the file file=%s",
                initialPassword.file().toAbsolutePath());
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            console.printf("Log in as admin with the password %s and change it.%n", password.get());
        }
    }
}
