package io.vyra.modulemanager.operation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a step may use of the operation it belongs to. Used by the operation's thread only. */
public interface StepContext {

    String operationId();

    /** Who asked for the operation. */
    String createdBy();

    /** Progress of this step in percent, 0 … 100, and what it is doing, in words. Not durable; cheap enough for every block. */
    void progress(int percent, String detail);

    /** Makes a value durable for later steps and for the undo, before returning. */
    void remember(String key, String value);

    Optional<String> recall(String key);

    StopSignal stopSignal();

    /** In an undo: whether somebody cancelled the operation, as opposed to a failure or a newer operation that supersedes it. */
    boolean isCancelled();

    /** Waits for a result, unless the operation is told to stop. */
    default <T> T await(CompletableFuture<T> result) {
        return stopSignal().await(result);
    }
}
