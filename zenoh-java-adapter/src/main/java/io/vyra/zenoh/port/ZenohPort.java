package io.vyra.zenoh.port;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.Selector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client's session with a Zenoh router. Thread-safe.
 *
 * <p>It has what both libraries do alike. So a query is answered once: zenoh-java ends a query with its first reply. A callback that throws is
 * told to whoever opened the port, and called again with what comes next. Every method throws {@link IllegalStateException} once the port is
 * closed.
 */
public interface ZenohPort extends AutoCloseable {
    /**
     * Publishes a value. It is dropped when the way is full or there is no connection.
     *
     * @throws IOException when the library refuses it
     */
    void put(KeyExpression key, Content content) throws IOException;

    /** Publishes that there is no value any more; see {@link #put}. */
    void delete(KeyExpression key) throws IOException;

    /**
     * Receives what is published, this port's own included.
     *
     * @param callback called with one sample after the other; it must not wait for this port
     * @throws IOException when the library refuses it
     */
    Declaration subscribe(KeyExpression key, Consumer<? super Sample> callback) throws IOException;

    /**
     * Asks, and waits until everybody has answered who can.
     *
     * @param contentOrNull what is sent along, or null
     * @param timeout how long to wait at most; whoever has not answered by then is left out
     * @return the newest answer of each key, and the refusals
     * @throws IOException when the library refuses it
     */
    List<Answer> get(Selector selector, Content contentOrNull, Duration timeout)
            throws IOException, InterruptedException;

    /**
     * Answers queries.
     *
     * @param answering called on a thread of its own for each query; the asker gets no answer when it throws
     * @throws IOException when the library refuses it
     */
    Declaration answer(KeyExpression key, Function<? super Query, ? extends Answer> answering) throws IOException;

    /**
     * Lets a liveliness token stand until it is closed, or this port is gone.
     *
     * @throws IOException when the library refuses it
     */
    Declaration declareToken(KeyExpression key) throws IOException;

    /**
     * Which tokens stand.
     *
     * @param timeout how long to wait at most
     * @throws IOException when the library refuses it, or the router does not say in time
     */
    Set<KeyExpression> tokens(KeyExpression key, Duration timeout) throws IOException, InterruptedException;

    /** Takes back all that was declared here, and says goodbye. */
    @Override
    void close();
}
