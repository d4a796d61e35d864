package io.vyra.modulemanager.operation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Tells an operation's thread to stop, without interrupting its I/O.
 *
 * <p>Thread-safe; the first reason wins.
 */
public final class StopSignal {
    private final CompletableFuture<StopReason> given = new CompletableFuture<>();

    public void give(StopReason reason) {
        given.complete(reason);
    }

    public Optional<StopReason> reason() {
        return Optional.ofNullable(given.getNow(null));
    }

    public boolean isGiven() {
        return given.isDone();
    }

    /** @throws OperationStopped when the signal was given */
    public void check() {
        reason().ifPresent(reason -> {
            throw new OperationStopped(reason);
        });
    }

    /**
     * Waits for {@code result} or the signal, whichever comes first.
     *
     * @throws OperationStopped when the signal comes first
     */
    public <T> T await(CompletableFuture<T> result) {
        CompletableFuture<Object> either = CompletableFuture.anyOf(result, given);
        try {
            either.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationStopped(new StopReason.ManagerStopping());
        }
        if (result.isDone()) {
            return result.join();
        }
        throw new OperationStopped(given.join());
    }
}
