package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells when something changed in a folder, with one inotify instance for everybody (a user may have 128 of them only). Thread-safe.
 *
 * <p>A subscription may miss changes where the kernel cannot tell them (network file systems, exhausted watches); therefore waiting
 * always has a limit, and the waiter looks itself.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FolderWatch.class);

    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Map<WatchKey, Set<Subscription>> subscriptions = new HashMap<>();

    public FolderWatch() {
        Optional<WatchService> opened = Optional.empty();
        try {
            opened = Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            LOG.warnf("folders cannot be watched, looking from time to time instead cause=%s", e.toString());
        }
        service = opened;
        service.ifPresent(watcher -> Thread.ofVirtual().name("folder-watch").start(() -> dispatch(watcher)));
    }

    private void dispatch(WatchService watcher) {
        try {
            while (true) {
                WatchKey key = watcher.take();
                key.pollEvents();
                boolean valid = key.reset();
                synchronized (this) {
                    subscriptions.getOrDefault(key, Set.of()).forEach(Subscription::signal);
                    if (!valid) {
                        subscriptions.remove(key);
                        keys.values().remove(key);
                    }
                }
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("folder watch closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Changes from now on wake {@link Subscription#await}. */
    public Subscription subscribe(Path folder) {
        Subscription subscription = new Subscription(folder.toAbsolutePath());
        register(subscription);
        return subscription;
    }

    private synchronized void register(Subscription subscription) {
        if (service.isEmpty()) {
            return;
        }
        try {
            WatchKey key = keys.get(subscription.folder);
            if (key == null) {
                key = subscription.folder.register(
                        service.get(),
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                keys.put(subscription.folder, key);
            }
            subscriptions.computeIfAbsent(key, any -> new HashSet<>()).add(subscription);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debugf("folder not watched folder=%s cause=%s", subscription.folder, e.toString());
        }
    }

    private synchronized void unregister(Subscription subscription) {
        WatchKey key = keys.get(subscription.folder);
        Set<Subscription> others = key == null ? null : subscriptions.get(key);
        if (others != null && others.remove(subscription) && others.isEmpty()) {
            subscriptions.remove(key);
            keys.remove(subscription.folder);
            cancel(key);
        }
    }

    private static void cancel(WatchKey key) {
        try {
            key.cancel();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("folder watch already closed");
        }
    }

    private synchronized boolean isRegistered(Subscription subscription) {
        WatchKey key = keys.get(subscription.folder);
        return key != null && subscriptions.getOrDefault(key, Set.of()).contains(subscription);
    }

    @Override
    public void close() {
        service.ifPresent(watcher -> {
            try {
                watcher.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** One interest in one folder. */
    public final class Subscription implements AutoCloseable {
        private final Path folder;
        private final Semaphore changes = new Semaphore(0);

        private Subscription(Path folder) {
            this.folder = folder;
        }

        private void signal() {
            changes.release();
        }

        /** Waits for a change since the last call, but no longer than {@code limit}. Returns whether there was one. */
        public boolean await(Duration limit) throws InterruptedException {
            if (!isRegistered(this)) {
                /* The folder did not exist, or was replaced. */
                register(this);
            }
            boolean changed = changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
            changes.drainPermits();
            return changed;
        }

        @Override
        public void close() {
            unregister(this);
        }
    }
}
