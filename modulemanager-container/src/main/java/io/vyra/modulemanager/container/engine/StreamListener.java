package io.vyra.modulemanager.container.engine;

import java.util.Optional;

/**
 * Hears a stream of an engine: first {@link #began}, then each item, at last {@link #ended}; or only {@link #ended}.
 *
 * <p>Called by one thread of the stream. Who is slow in {@link #next} keeps the engine waiting, so that nothing piles up here.
 */
public interface StreamListener<T> {

    /** The engine answered: from here on nothing is missed. */
    default void began() {}

    void next(T item);

    /** @param why empty when the engine ended the stream in order */
    void ended(Optional<String> why);
}
