package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Syncs files while the next ones are written, so that the disk works while the processor unpacks.
 *
 * <p>Several threads wait for the disk at once because a journaling file system commits all waiting files together. {@link #add} is
 * called by one thread and blocks when the disk is far behind.
 */
final class BackgroundSync implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int QUEUE = 256;
    /** No file of a tree has the empty path. */
    private static final Path END = Path.of("");

    private final DiskSync disk;
    private final BlockingQueue<Path> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private final Thread[] threads = new Thread[THREADS];

    private record Failure(Path file, IOException cause) {}

    BackgroundSync(DiskSync disk) {
        this.disk = disk;
    }

    /** Has the closed file synced. */
    void add(Path file) {
        throwFailure();
        if (threads[0] == null) {
            for (int i = 0; i < THREADS; i++) {
                threads[i] = Thread.ofPlatform().daemon().name("disk-sync-" + i).start(this::work);
            }
        }
        put(file);
    }

    /** Returns once every file added is durable. */
    void await() {
        if (threads[0] == null) {
            return;
        }
        for (int i = 0; i < THREADS; i++) {
            put(END);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StoreFailure.interrupted(e);
            }
        }
        throwFailure();
    }

    /** Ends the threads, whatever is still queued. */
    @Override
    public void close() {
        for (Thread thread : threads) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private void work() {
        try {
            for (Path file = queue.take(); !file.equals(END); file = queue.take()) {
                // After a failure the queue is only drained: the tree is going to be discarded.
                if (failure.get() == null) {
                    sync(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sync(Path file) {
        try {
            disk.file(file);
        } catch (IOException e) {
            failure.compareAndSet(null, new Failure(file, e));
        }
    }

    private void put(Path file) {
        try {
            queue.put(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreFailure.interrupted(e);
        }
    }

    private void throwFailure() {
        Failure failed = failure.get();
        if (failed != null) {
            throw StoreFailure.of("Syncing", failed.file(), failed.cause());
        }
    }
}
