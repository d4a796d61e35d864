package io.vyra.modulemanager.api;

import io.quarkus.runtime.ShutdownEvent;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.catalog.RepositoryClients;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.catalog.TransferLimits;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.state.Backups;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What a runner would provide: a fresh database, and a clock that the tests can move. */
@Singleton
public class TestBeans {

    /** Real time plus what the test added; or, where a test must not be too slow for what it is about, a time that stands still. */
    public static final class MovableClock implements InstantSource {
        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        private final AtomicReference<Instant> stopped = new AtomicReference<>();

        /** No time passes until what is returned is closed. */
        Stopped stop() {
            stopped.set(Instant.now());
            return () -> stopped.set(null);
        }

        /** Ends a standstill. */
        interface Stopped extends AutoCloseable {
            @Override
            void close();
        }

        void advance(Duration time) {
            offset.accumulateAndGet(time, Duration::plus);
        }

        @Override
        public Instant instant() {
            Instant still = stopped.get();
            return (still == null ? Instant.now() : still).plus(offset.get());
        }
    }

    @Produces
    @Singleton
    MovableClock clock() {
        return new MovableClock();
    }

    @Produces
    @Singleton
    Database database(ApiConfiguration configuration) throws IOException {
        deleteTree(configuration.data());
        return Database.open(configuration.data());
    }

    @Produces
    @Singleton
    ModuleTokens moduleTokens(Database database, MovableClock clock) {
        return new ModuleTokens(database, clock, new SecureRandom());
    }

    @Produces
    @Singleton
    FeedHub feedHub(MovableClock clock) {
        return new FeedHub(clock, 500, 100);
    }

    @Produces
    @Singleton
    ParameterHistory parameterHistory(Database database) {
        return new ParameterHistory(database, new StateJson());
    }

    @Produces
    @Singleton
    RepositoryStore repositories(Database database) {
        return new RepositoryStore(database);
    }

    @Produces
    @Singleton
    RepositoryRefresher refresher(RepositoryStore store, ApiConfiguration configuration) {
        return new RepositoryRefresher(
                store,
                new RepositoryClients(TransferLimits.DEFAULT),
                configuration.data().resolve("cache"),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    Catalog catalog(RepositoryStore store, RepositoryRefresher refresher) {
        return new Catalog(store, refresher);
    }

    @Produces
    @Singleton
    Backups backups(ApiConfiguration configuration, MovableClock clock) {
        return new Backups(configuration.data(), clock);
    }

    void close(@Observes ShutdownEvent stopping, Database database) {
        database.close();
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
