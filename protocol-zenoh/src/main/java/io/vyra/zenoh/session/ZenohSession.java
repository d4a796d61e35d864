package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.LinkConnector;
import io.vyra.zenoh.link.LinkSource;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.OutgoingPush;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Transport;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;
import io.vyra.zenoh.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A Zenoh session: a client of a router. Thread-safe.
 *
 * <p>It connects again by itself when it loses its router, with growing waits, and declares everything anew: publishers, subscribers,
 * queryables, tokens and watches go on. Queries that are under way end then; tokens of others count as gone until they are reported again.
 * Callbacks run on virtual threads, those of a subscriber one after the other.
 */
public final class ZenohSession implements AutoCloseable {
    private final SessionSettings settings;
    private final SessionListener listener;
    private final ScheduledThreadPoolExecutor timer;
    private final Connection connection;
    private final DeclaredKeys declaredKeys;
    private final Subscribers subscribers;
    private final Queryables queryables;
    private final Queries queries;
    private final Liveliness liveliness;
    private final AtomicInteger numbers = new AtomicInteger();

    private ZenohSession(SessionSettings settings, LinkSource links, SessionListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("zenoh-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        this.connection = new Connection(settings, links, timer, new Owner(), listener);
        this.declaredKeys = new DeclaredKeys(connection);
        this.subscribers = new Subscribers(connection);
        this.queryables = new Queryables(connection, settings.blockingTimeout());
        this.queries = new Queries(connection, queryables, settings, timer);
        this.liveliness = new Liveliness(connection);
    }

    /**
     * Opens a session and waits until it is connected.
     *
     * @param patience how long to try
     * @throws IOException when it is not connected by then; the message says what the last attempt came to
     */
    public static ZenohSession open(SessionSettings settings, Duration patience)
            throws IOException, InterruptedException {
        ZenohSession session = start(settings, SessionListener.NONE);
        if (!session.awaitConnection(patience)) {
            Exception failure = session.connection.lastFailure();
            session.close();
            throw new IOException(
                    "No Zenoh router was reached at " + settings.endpoints() + " within " + patience
                            + (failure == null ? "" : ": " + failure.getMessage()),
                    failure);
        }
        return session;
    }

    /** Opens a session that connects when it can, and tells the listener. */
    public static ZenohSession start(SessionSettings settings, SessionListener listener) {
        return start(settings, new LinkConnector(settings.tls()), listener);
    }

    /** {@link #start(SessionSettings, SessionListener)} over links of another kind. */
    public static ZenohSession start(SessionSettings settings, LinkSource links, SessionListener listener) {
        ZenohSession session = new ZenohSession(settings, links, listener);
        session.connection.start();
        return session;
    }

    /** Waits until the session is connected; whether it is, in time. */
    public boolean awaitConnection(Duration patience) throws InterruptedException {
        return connection.await(patience.toNanos()) != null;
    }

    /** Who this session is. */
    public ZenohId id() {
        return settings.transport().node();
    }

    public SessionCounters counters() {
        SessionCounters counters = connection.counters();
        return new SessionCounters(
                counters.isConnected(),
                counters.connections(),
                counters.sentMessages(),
                counters.receivedMessages(),
                counters.droppedOutgoing(),
                subscribers.dropped() + queries.dropped() + liveliness.dropped());
    }

    /**
     * Publishes a value once. Who publishes a key often declares a publisher.
     *
     * @return whether it was taken to be sent; if not it was dropped because the way is full or there is no connection
     */
    public boolean put(KeyExpression key, Bytes payload, PublishOptions options) {
        OutgoingPush push = new OutgoingPush()
                .put(
                        0,
                        key.utf8(),
                        options.qualityOfService(),
                        options.timestamp(),
                        options.encoding(),
                        null,
                        options.attachment(),
                        payload);
        return publish(key, options, push, payload, options.attachment(), Sample.Kind.PUT);
    }

    /** {@link #put(KeyExpression, Bytes, PublishOptions)} with the usual options. */
    public boolean put(String key, Bytes payload) {
        return put(KeyExpression.of(key), payload, PublishOptions.DEFAULT);
    }

    /** Publishes once that there is no value any more; see {@link #put(KeyExpression, Bytes, PublishOptions)}. */
    public boolean delete(KeyExpression key, PublishOptions options) {
        OutgoingPush push = new OutgoingPush()
                .delete(0, key.utf8(), options.qualityOfService(), options.timestamp(), null, options.attachment());
        return publish(key, options, push, Bytes.EMPTY, options.attachment(), Sample.Kind.DELETE);
    }

    boolean publish(
            KeyExpression key,
            PublishOptions options,
            OutgoingPush push,
            Bytes payload,
            Bytes attachment,
            Sample.Kind kind) {
        if (options.destination().isLocal() && subscribers.wantsLocal(key)) {
            Datum datum = kind == Sample.Kind.PUT
                    ? new Datum.Put(options.timestamp(), options.encoding(), null, attachment, payload)
                    : new Datum.Delete(options.timestamp(), null, attachment);
            subscribers.deliverLocal(Sample.of(key, options.qualityOfService(), datum));
        }
        return !options.destination().isRemote() || connection.send(push, options.reliable());
    }

    /** Declares that a key will be published again and again. */
    public Publisher declarePublisher(KeyExpression key, PublishOptions options) {
        return new Publisher(this, key, options, declaredKeys.acquire(key));
    }

    /** {@link #declareSubscriber(KeyExpression, Locality, Consumer)} for samples from anywhere. */
    public Subscriber declareSubscriber(String key, Consumer<? super Sample> callback) {
        return declareSubscriber(KeyExpression.of(key), Locality.ANY, callback);
    }

    /**
     * Receives the samples of a key expression.
     *
     * @param origin from where
     * @param callback called with one after the other; it may take its time, see {@link SessionSettings#queuedSamples}
     */
    public Subscriber declareSubscriber(KeyExpression key, Locality origin, Consumer<? super Sample> callback) {
        Subscriber[] self = new Subscriber[1];
        Subscriber subscriber = new Subscriber(
                numbers.incrementAndGet(), key, origin, delivery(key, callback), () -> subscribers.remove(self[0]));
        self[0] = subscriber;
        subscribers.add(subscriber);
        return subscriber;
    }

    private OrderedDelivery<Sample> delivery(KeyExpression key, Consumer<? super Sample> callback) {
        return new OrderedDelivery<>(
                callback,
                Sample::weight,
                cause -> listener.callbackFailed(key.toString(), cause),
                settings.queuedSamples(),
                settings.queuedBytes(),
                settings.deliveryTimeout());
    }

    /** Asks for a selector such as {@code robot/state?all}. Fetch the answers, and close them to stop early. */
    public Replies get(String selector, QueryOptions options) {
        return get(Selector.parse(selector), options);
    }

    public Replies get(Selector selector, QueryOptions options) {
        return queries.ask(selector, WireExpression.of(selector.key().toString()), options);
    }

    /** Declares that a key expression will be asked for again and again. */
    public Querier declareQuerier(KeyExpression key, QueryOptions options) {
        return new Querier(this, key, options, declaredKeys.acquire(key));
    }

    /** {@link #declareQueryable(KeyExpression, boolean, Locality, Consumer)} for queries from anywhere. */
    public Queryable declareQueryable(String key, Consumer<? super IncomingQuery> callback) {
        return declareQueryable(KeyExpression.of(key), false, Locality.ANY, callback);
    }

    /**
     * Answers queries for a key expression.
     *
     * @param isComplete whether it has all values of the key expression, so that nobody else needs to be asked
     * @param origin from where
     * @param callback called on a thread of its own for each query
     */
    public Queryable declareQueryable(
            KeyExpression key, boolean isComplete, Locality origin, Consumer<? super IncomingQuery> callback) {
        Queryable queryable = new Queryable(
                new EntityId(id(), numbers.incrementAndGet()),
                key,
                isComplete,
                origin,
                callback,
                cause -> listener.callbackFailed(key.toString(), cause),
                settings.concurrentQueries(),
                queryables::remove);
        queryables.add(queryable);
        return queryable;
    }

    /** Declares that something is alive, until the token is closed or this session is gone. */
    public LivelinessToken declareToken(KeyExpression key) {
        return liveliness.declareToken(numbers.incrementAndGet(), key);
    }

    /**
     * Hears of tokens that come ({@code PUT}) and go ({@code DELETE}). After a lost connection, those that are still there come again.
     *
     * @param history whether those that are there already come first
     */
    public Subscriber declareLivelinessSubscriber(
            KeyExpression key, boolean history, Consumer<? super Sample> callback) {
        Subscriber[] self = new Subscriber[1];
        Subscriber subscriber = new Subscriber(
                numbers.incrementAndGet(),
                key,
                Locality.ANY,
                delivery(key, callback),
                () -> liveliness.unwatch(self[0]));
        self[0] = subscriber;
        liveliness.watch(subscriber, history);
        return subscriber;
    }

    /**
     * Asks which tokens are there.
     *
     * @throws TimeoutException when the router does not say in time, or there is none
     */
    public Set<KeyExpression> livelinessGet(KeyExpression key, Duration timeout)
            throws InterruptedException, TimeoutException {
        return liveliness.get(numbers.incrementAndGet(), key, timeout);
    }

    DeclaredKeys declaredKeys() {
        return declaredKeys;
    }

    Queries queries() {
        return queries;
    }

    /** Sends what waits, says goodbye, and ends everything that was declared here. */
    @Override
    public void close() {
        connection.close();
        queries.finishAll(Replies.End.CANCELLED);
        subscribers.close();
        liveliness.close();
        timer.shutdownNow();
    }

    private final class Owner implements Connection.Owner {
        @Override
        public TransportHandler handler(Transport transport) {
            return new SessionHandler(
                    transport, new KeyMap(declaredKeys::text), subscribers, queryables, queries, liveliness);
        }

        @Override
        public void declareAll(Consumer<NetworkMessage> sender, boolean isFirstConnection) {
            declaredKeys.declareAll(sender);
            subscribers.declareAll(sender);
            queryables.declareAll(sender);
            liveliness.declareAll(sender, isFirstConnection);
        }

        @Override
        public void lost(TransportEnd end) {
            queries.finishAll(Replies.End.CONNECTION_LOST);
            liveliness.lost();
        }
    }
}
