package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.supervision.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** What is done in the background from time to time: emptying the trash, asking repositories, taking the disk reserve. */
final class Housekeeping {
    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final ModuleStore store;
    private final Database database;
    private final RepositoryRefresher refresher;
    private final Timers timers;
    private final Executor threads;
    private final Duration refreshEvery;
    private volatile boolean ended;

    Housekeeping(
            ModuleStore store,
            Database database,
            RepositoryRefresher refresher,
            Timers timers,
            Executor threads,
            Duration refreshEvery) {
        this.store = store;
        this.database = database;
        this.refresher = refresher;
        this.timers = timers;
        this.threads = threads;
        this.refreshEvery = refreshEvery;
    }

    void begin() {
        repeat("tidying up", TIDY_EVERY, this::tidyUp);
        repeat("refreshing repositories", refreshEvery, refresher::refreshAll);
    }

    private void tidyUp() {
        store.emptyTrash();
        database.ensureReserve();
    }

    private void repeat(String what, Duration every, Runnable work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The thread's edge: the next round must still come.
                LOG.warnf(e, "Housekeeping failed what=%s", what);
            }
            if (!ended) {
                timers.after(every, () -> repeat(what, every, work));
            }
        });
    }

    void end() {
        ended = true;
    }
}
