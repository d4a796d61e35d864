package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Finds the living shim of a module. Thread-safe. */
final class ShimFinder {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private final RunFolder folder;
    private final FolderWatch watch;
    private final Duration patience;

    ShimFinder(RunFolder folder, FolderWatch watch, Duration patience) {
        this.folder = folder;
        this.watch = watch;
        this.patience = patience;
    }

    sealed interface Found {
        record Answering(ShimConnection connection) implements Found {}

        /** It holds the lock but has not answered for as long as anybody waits. */
        record Silent() implements Found {}

        record Dead() implements Found {}
    }

    /**
     * A shim that is just starting holds the lock before its socket is there, one that is just ending holds it a little longer:
     * both are waited for.
     */
    Found find(String key) {
        Path socket = folder.socket(key);
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<ShimConnection> atOnce = connect(socket, patience);
        if (atOnce.isPresent()) {
            return new Found.Answering(atOnce.get());
        }
        try (FolderWatch.Subscription changes = watch.subscribe(folder.path())) {
            while (true) {
                long left = deadline - System.nanoTime();
                Optional<ShimConnection> connection = connect(socket, Duration.ofNanos(Math.max(1, left)));
                if (connection.isPresent()) {
                    return new Found.Answering(connection.get());
                }
                if (!folder.isLocked(key)) {
                    return new Found.Dead();
                }
                if (deadline - System.nanoTime() <= 0) {
                    return new Found.Silent();
                }
                changes.await(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    ProblemType.TIMED_OUT, "Looking for the module's process was interrupted. Ask again.", e);
        }
    }

    private static Optional<ShimConnection> connect(Path socket, Duration limit) {
        return Files.exists(socket) ? ShimConnection.open(socket, limit) : Optional.empty();
    }
}
