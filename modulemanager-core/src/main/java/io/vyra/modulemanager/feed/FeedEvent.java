package io.vyra.modulemanager.feed;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.operation.Operation;
import java.time.Instant;

/**
 * Something that happened.
 *
 * <p>Ids grow by one without holes while the manager runs; after a restart they start above every id given before.
 */
public sealed interface FeedEvent {

    long id();

    Instant at();

    /** A module's view changed. */
    record ModuleChanged(long id, Instant at, ModuleView module) implements FeedEvent {}

    /**
     * A module is gone.
     *
     * @param visible whether users without the administrator's role could see it
     */
    record ModuleRemoved(long id, Instant at, String moduleId, boolean visible) implements FeedEvent {}

    record OperationChanged(long id, Instant at, Operation operation) implements FeedEvent {}

    /** An entry of the news, error, state or log feed. */
    record Entry(long id, Instant at, FeedEntry entry) implements FeedEvent {}
}
