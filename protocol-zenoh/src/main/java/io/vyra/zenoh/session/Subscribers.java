package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.WireExpression;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The subscribers of a session, and which of them a sample is for. Thread-safe. */
final class Subscribers {
    private static final int CACHED = 4096;
    private static final Subscriber[] NONE = {};

    private final Connection connection;
    private final CopyOnWriteArrayList<Subscriber> all = new CopyOnWriteArrayList<>();
    private volatile Map<KeyExpression, Subscriber[]> matches = new ConcurrentHashMap<>();
    private volatile long droppedBefore;

    Subscribers(Connection connection) {
        this.connection = connection;
    }

    void add(Subscriber subscriber) {
        Runnable change = () -> {
            all.add(subscriber);
            matches = new ConcurrentHashMap<>();
        };
        if (subscriber.origin().isRemote()) {
            connection.declare(change, declaration(subscriber));
        } else {
            connection.declare(change);
        }
    }

    void remove(Subscriber subscriber) {
        connection.declare(() -> {
            if (all.remove(subscriber)) {
                matches = new ConcurrentHashMap<>();
                droppedBefore += subscriber.dropped();
                if (subscriber.origin().isRemote()) {
                    connection.declare(
                            () -> {},
                            Declare.of(new Declaration.SubscriberUndeclared(subscriber.number(), WireExpression.NONE)));
                }
            }
        });
    }

    void declareAll(Consumer<NetworkMessage> sender) {
        for (Subscriber subscriber : all) {
            if (subscriber.origin().isRemote()) {
                sender.accept(declaration(subscriber));
            }
        }
    }

    private static Declare declaration(Subscriber subscriber) {
        return Declare.of(new Declaration.SubscriberDeclared(
                subscriber.number(), WireExpression.of(subscriber.key().toString())));
    }

    /**
     * Takes in what came from the peer. Copies are made only if somebody wants it.
     *
     * @param pending gets those whose callbacks are to be called, which the caller sees to
     */
    void deliverRemote(KeyExpression key, PushCursor push, PendingDeliveries pending) {
        Sample sample = null;
        boolean mayDrop = push.qualityOfService().congestionControl() == CongestionControl.DROP;
        for (Subscriber subscriber : matching(key)) {
            if (subscriber.origin().isRemote()) {
                sample = sample == null ? Sample.of(key, push) : sample;
                subscriber.delivery().add(sample, mayDrop, pending);
                pending.add(subscriber.delivery());
            }
        }
    }

    /** Whether somebody in this session wants samples of this key from this session. */
    boolean wantsLocal(KeyExpression key) {
        for (Subscriber subscriber : matching(key)) {
            if (subscriber.origin().isLocal()) {
                return true;
            }
        }
        return false;
    }

    /** Delivers what this session published. */
    void deliverLocal(Sample sample) {
        boolean mayDrop = sample.qualityOfService().congestionControl() == CongestionControl.DROP;
        for (Subscriber subscriber : matching(sample.key())) {
            if (subscriber.origin().isLocal()) {
                subscriber.delivery().offer(sample, mayDrop);
            }
        }
    }

    private Subscriber[] matching(KeyExpression key) {
        Map<KeyExpression, Subscriber[]> known = matches;
        Subscriber[] matching = known.get(key);
        if (matching == null) {
            matching = all.stream()
                    .filter(subscriber -> subscriber.key().intersects(key))
                    .toArray(Subscriber[]::new);
            if (known.size() >= CACHED) {
                known.clear();
            }
            known.put(key, matching.length == 0 ? NONE : matching);
        }
        return matching;
    }

    long dropped() {
        return droppedBefore + all.stream().mapToLong(Subscriber::dropped).sum();
    }

    void close() {
        all.forEach(subscriber -> subscriber.delivery().close());
    }
}
