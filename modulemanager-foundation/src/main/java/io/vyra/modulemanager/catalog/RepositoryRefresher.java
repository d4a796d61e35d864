package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.catalog.RepositoryClient.IndexAnswer;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Asks repositories for their indexes, keeps the last good one of each, and knows how each is doing.
 *
 * <p>Thread-safe. A repository is asked by one thread at a time; different ones are asked side by side, at most
 * {@value #MOST_AT_ONCE} of them, so that a silent one delays nobody. A failure leaves the last good index in place.
 */
public final class RepositoryRefresher {
    private static final Logger LOG = Logger.getLogger(RepositoryRefresher.class);
    private static final int MOST_AT_ONCE = 16;

    private final RepositoryStore store;
    private final RepositoryClients clients;
    private final IndexCache cache;
    private final Clock clock;
    private final IndexReader reader = new IndexReader();
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    /** What is known of one repository; {@code held} and {@code status} change together. */
    private static final class Source {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile Held held = new Held("", RepositoryIndex.EMPTY, Optional.empty());
        private volatile RepositoryStatus status;

        Source(String id) {
            this.status = RepositoryStatus.unknown(id);
        }
    }

    /**
     * @param url    address the index came from, as configured
     * @param fetchedAt when the repository last confirmed it
     */
    private record Held(String url, RepositoryIndex index, Optional<Instant> fetchedAt) {}

    /**
     * Reads what earlier runs left in the cache; no network is touched.
     *
     * @param cacheFolder {@code <data>/cache/repositories}
     */
    public RepositoryRefresher(RepositoryStore store, RepositoryClients clients, Path cacheFolder, Clock clock) {
        this.store = store;
        this.clients = clients;
        this.cache = new IndexCache(cacheFolder, clients.limits().indexBytes());
        this.clock = clock;
        store.list().forEach(this::loadCached);
    }

    private void loadCached(Repository repository) {
        cache.load(repository).ifPresent(cached -> {
            try {
                RepositoryIndex index = reader.read(cached.content(), clients.endpoint(repository));
                hold(source(repository.id()), repository, index, cached.fetchedAt(), Optional.empty());
            } catch (ProblemException e) {
                LOG.warnf("Cached index not used repository=%s cause=%s", repository.id(), e.getMessage());
            }
        });
    }

    private Source source(String id) {
        return sources.computeIfAbsent(id, Source::new);
    }

    private static void hold(
            Source source,
            Repository repository,
            RepositoryIndex index,
            Instant fetchedAt,
            Optional<Instant> attemptedAt) {
        source.held = new Held(repository.url(), index, Optional.of(fetchedAt));
        source.status = new RepositoryStatus(
                repository.id(),
                false,
                Optional.of(fetchedAt),
                attemptedAt,
                Optional.empty(),
                index.entries().size(),
                index.warnings());
    }

    /** The last good index of a repository from its present address; an empty one when there is none. */
    RepositoryIndex indexOf(Repository repository) {
        Source source = sources.get(repository.id());
        return source != null && source.held.url().equals(repository.url())
                ? source.held.index()
                : RepositoryIndex.EMPTY;
    }

    /**
     * @throws ProblemException {@link ProblemType#REPOSITORY_NOT_FOUND}
     */
    public RepositoryStatus status(String id) {
        store.get(id);
        Source source = sources.get(id);
        return source == null ? RepositoryStatus.unknown(id) : source.status;
    }

    /** Of all repositories, in the order of {@link RepositoryStore#list()}. */
    public List<RepositoryStatus> statuses() {
        return store.list().stream()
                .map(repository -> sources.containsKey(repository.id())
                        ? sources.get(repository.id()).status
                        : RepositoryStatus.unknown(repository.id()))
                .toList();
    }

    /**
     * Asks one repository, disabled or not, and waits for the outcome, which is also in the status.
     *
     * @throws ProblemException {@link ProblemType#REPOSITORY_NOT_FOUND}; trouble with the repository itself is in the status
     */
    public RepositoryStatus refresh(String id) {
        Repository repository = store.get(id);
        Source source = source(id);
        source.asking.lock();
        try {
            ask(repository, source);
        } finally {
            source.asking.unlock();
            forgetWhenRemoved(id);
        }
        return source.status;
    }

    /** Asks all enabled repositories side by side and waits for the last of them. */
    public List<RepositoryStatus> refreshAll() {
        List<Future<RepositoryStatus>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Repository repository : store.list()) {
                if (repository.enabled()) {
                    running.add(threads.submit(() -> {
                        slots.acquire();
                        try {
                            return refresh(repository.id());
                        } finally {
                            slots.release();
                        }
                    }));
                }
            }
        }
        return running.stream()
                .filter(outcome -> outcome.state() == Future.State.SUCCESS)
                .map(Future::resultNow)
                .toList();
    }

    /** Drops what is held of a repository that was removed from the store. */
    public void forget(String id) {
        sources.remove(id);
        cache.forget(id);
    }

    private void forgetWhenRemoved(String id) {
        if (store.find(id).isEmpty()) {
            forget(id);
        }
    }

    private void ask(Repository repository, Source source) {
        Instant now = clock.instant();
        RepositoryStatus before = source.status;
        source.status = new RepositoryStatus(
                before.repositoryId(),
                true,
                before.lastSuccess(),
                Optional.of(now),
                before.problem(),
                before.entries(),
                before.warnings());
        try {
            RepositoryIndex index = fetch(repository, clients.endpoint(repository), source, now);
            hold(source, repository, index, now, Optional.of(now));
            LOG.infof(
                    "Repository refreshed id=%s entries=%d warnings=%d",
                    repository.id(), index.entries().size(), index.warnings().size());
        } catch (ProblemException e) {
            fail(source, repository, now, e.problem());
        } catch (RuntimeException e) {
            fail(source, repository, now, new Problem(ProblemType.INTERNAL_ERROR, "Refreshing failed: " + e));
            throw e;
        }
    }

    private void fail(Source source, Repository repository, Instant now, Problem problem) {
        boolean sameAddress = source.held.url().equals(repository.url());
        RepositoryIndex index = sameAddress ? source.held.index() : RepositoryIndex.EMPTY;
        source.status = new RepositoryStatus(
                repository.id(),
                false,
                sameAddress ? source.held.fetchedAt() : Optional.empty(),
                Optional.of(now),
                Optional.of(problem),
                index.entries().size(),
                index.warnings());
        LOG.warnf(
                "Repository not refreshed id=%s problem=%s cause=%s",
                repository.id(), problem.type().code(), problem.detail());
    }

    private RepositoryIndex fetch(Repository repository, Endpoint endpoint, Source source, Instant now) {
        Optional<IndexCache.Cached> cached =
                source.held.url().equals(repository.url()) ? cache.load(repository) : Optional.empty();
        IndexAnswer answer;
        try {
            answer = clients.clientFor(endpoint).fetchIndex(endpoint, cached.map(IndexCache.Cached::validators));
        } catch (IOException e) {
            throw NetworkTrouble.problem(endpoint, endpoint.resolve(RepositoryClient.INDEX_NAME), e);
        }
        return switch (answer) {
            case IndexAnswer.Unchanged() -> {
                IndexCache.Cached present = cached.orElseThrow();
                keep(
                        repository,
                        new IndexCache.Cached(present.content(), present.validators(), repository.url(), now),
                        false);
                yield source.held.index();
            }
            case IndexAnswer.Fetched(byte[] content, RepositoryClient.Validators validators) -> {
                // Parsed before it is kept: a broken index must not replace a good one.
                RepositoryIndex index = reader.read(content, endpoint);
                keep(repository, new IndexCache.Cached(content, validators, repository.url(), now), true);
                yield index;
            }
        };
    }

    /** A cache that cannot be written costs offline use after a restart, not the refresh. */
    private void keep(Repository repository, IndexCache.Cached fresh, boolean isNew) {
        try {
            if (isNew) {
                cache.save(repository.id(), fresh);
            } else {
                cache.saveState(repository.id(), fresh);
            }
        } catch (IOException e) {
            LOG.warnf("Index not cached repository=%s cause=%s", repository.id(), e.getMessage());
        }
    }
}
