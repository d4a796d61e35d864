package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.NetworkMessage.Interest;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.WireExpression;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The tokens of a session and those that it hears of. Thread-safe.
 *
 * <p>A router reports a session's own tokens to it like everybody's, so nothing is reported here before the router does.
 *
 * <p>When the connection is lost, the tokens of others count as gone; those that are alive afterwards are reported again. So no token
 * outlives its owner here.
 */
final class Liveliness {
    private record PendingGet(
            KeyExpression key, Set<KeyExpression> found, CompletableFuture<Set<KeyExpression>> done) {}

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, KeyExpression> ownTokens = new HashMap<>();
    private final Map<Integer, KeyExpression> peerTokens = new HashMap<>();
    private final Map<Integer, LivelinessWatch> watches = new HashMap<>();
    private final Map<Integer, PendingGet> pending = new HashMap<>();
    private long droppedBefore;

    Liveliness(Connection connection) {
        this.connection = connection;
    }

    LivelinessToken declareToken(int number, KeyExpression key) {
        connection.declare(() -> locked(() -> ownTokens.put(number, key)), declaration(number, key));
        return new LivelinessToken(key, () -> undeclareToken(number));
    }

    private void undeclareToken(int number) {
        connection.declare(
                () -> locked(() -> ownTokens.remove(number)),
                Declare.of(new Declaration.TokenUndeclared(number, WireExpression.NONE)));
    }

    void watch(Subscriber subscriber, boolean wantsHistory) {
        LivelinessWatch watch = new LivelinessWatch(subscriber, wantsHistory);
        connection.declare(
                () -> locked(() -> {
                    watches.put(subscriber.number(), watch);
                    if (wantsHistory) {
                        peerTokens.values().forEach(watch::up);
                    }
                }),
                interest(watch, wantsHistory));
    }

    void unwatch(Subscriber subscriber) {
        connection.declare(
                () -> locked(() -> {
                    if (watches.remove(subscriber.number()) != null) {
                        droppedBefore += subscriber.dropped();
                    }
                }),
                endOfInterest(subscriber.number()));
    }

    /** The keys of all tokens that are alive now. */
    Set<KeyExpression> get(int number, KeyExpression key, Duration timeout)
            throws InterruptedException, TimeoutException {
        PendingGet get = new PendingGet(key, new LinkedHashSet<>(), new CompletableFuture<>());
        locked(() -> pending.put(number, get));
        try {
            Interest interest = new Interest(
                    number,
                    InterestMode.CURRENT,
                    InterestSubject.TOKENS,
                    WireExpression.of(key.toString()),
                    QualityOfService.DECLARATION,
                    null,
                    0);
            if (!connection.send(Outgoing.of(interest), true)) {
                throw new TimeoutException("There is no connection to ask for the tokens of " + key);
            }
            return get.done.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new TimeoutException("The connection was lost before the tokens of " + key + " were known");
        } finally {
            locked(() -> pending.remove(number));
        }
    }

    /** Declares tokens and interests anew. */
    void declareAll(Consumer<NetworkMessage> sender, boolean isFirstConnection) {
        Map<Integer, KeyExpression> tokens = new HashMap<>();
        Map<Integer, LivelinessWatch> interests = new HashMap<>();
        locked(() -> {
            tokens.putAll(ownTokens);
            interests.putAll(watches);
        });
        tokens.forEach((number, key) -> sender.accept(declaration(number, key)));
        interests.values().forEach(watch -> sender.accept(interest(watch, !isFirstConnection || watch.wantsHistory())));
    }

    /** A token of the peer's, or of somebody behind it. */
    void tokenDeclared(Integer interest, int number, KeyExpression key) {
        locked(() -> {
            PendingGet get = interest == null ? null : pending.get(interest);
            if (get != null) {
                if (get.key.intersects(key)) {
                    get.found.add(key);
                }
                return;
            }
            peerTokens.put(number, key);
            if (interest == null) {
                watches.values().forEach(watch -> watch.up(key));
            } else if (watches.containsKey(interest)) {
                watches.get(interest).up(key);
            }
        });
    }

    /**
     * @param key what the message says, or null
     */
    void tokenUndeclared(int number, KeyExpression key) {
        locked(() -> {
            KeyExpression known = peerTokens.remove(number);
            if (known != null) {
                downUnlessAlive(known);
            } else if (key != null) {
                downUnlessAlive(key);
            }
        });
    }

    void allDeclared(int interest) {
        locked(() -> {
            PendingGet get = pending.remove(interest);
            if (get != null) {
                get.done.complete(get.found);
            }
        });
    }

    /** The connection is gone, and with it what was known of others. */
    void lost() {
        locked(() -> {
            Set<KeyExpression> gone = new LinkedHashSet<>(peerTokens.values());
            peerTokens.clear();
            gone.forEach(this::downUnlessAlive);
            pending.values()
                    .forEach(get -> get.done.completeExceptionally(new IllegalStateException("Connection lost")));
        });
    }

    private void downUnlessAlive(KeyExpression key) {
        if (!peerTokens.containsValue(key)) {
            watches.values().forEach(watch -> watch.down(key));
        }
    }

    private static Declare declaration(int number, KeyExpression key) {
        return Declare.of(new Declaration.TokenDeclared(number, WireExpression.of(key.toString())));
    }

    private static Interest interest(LivelinessWatch watch, boolean withCurrent) {
        return new Interest(
                watch.subscriber().number(),
                withCurrent ? InterestMode.CURRENT_FUTURE : InterestMode.FUTURE,
                InterestSubject.TOKENS,
                WireExpression.of(watch.subscriber().key().toString()),
                QualityOfService.DECLARATION,
                null,
                0);
    }

    private static Interest endOfInterest(int number) {
        return new Interest(
                number, InterestMode.FINAL, InterestSubject.NONE, null, QualityOfService.DECLARATION, null, 0);
    }

    long dropped() {
        lock.lock();
        try {
            return droppedBefore
                    + watches.values().stream()
                            .mapToLong(watch -> watch.subscriber().dropped())
                            .sum();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        locked(() ->
                watches.values().forEach(watch -> watch.subscriber().delivery().close()));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
