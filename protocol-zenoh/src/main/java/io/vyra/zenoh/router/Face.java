package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.transport.Transport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A connection of the router's: what its peer declared, what it was told, and the way to it. */
final class Face {
    /** Something that the peer declared. */
    record Declaring(KeyExpression key, Traits traits) {}

    /** Something that the peer was told, and under which number. */
    record Told(int number, Traits traits) {}

    private final FaceId id;
    private final FaceIdentity identity;
    private final Transport transport;
    private final Duration blockingTimeout;
    private final Outbox outbox;
    private final Tally tally;
    private final AtomicBoolean isStalled = new AtomicBoolean();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Interests interests = new Interests();
    private final ToldKeys toldKeys = new ToldKeys(this::sendNow);
    private final Map<Kind, Map<Integer, Declaring>> declared = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<KeyExpression, Told>> told = new EnumMap<>(Kind.class);
    private int lastNumber;
    private volatile int keyExpressions;
    private volatile boolean isLimitReported;

    Face(FaceId id, FaceIdentity identity, Transport transport, RouterSettings settings, Tally tally) {
        this.id = id;
        this.identity = identity;
        this.transport = transport;
        this.blockingTimeout = settings.blockingTimeout();
        this.tally = tally;
        this.outbox = new Outbox(
                message -> send(Outgoing.of(message), true), settings.limits().waitingMessagesPerFace(), this::stalled);
        for (Kind kind : Kind.values()) {
            declared.put(kind, new LinkedHashMap<>());
            told.put(kind, new HashMap<>());
        }
    }

    FaceId id() {
        return id;
    }

    FaceIdentity identity() {
        return identity;
    }

    boolean isUpstream() {
        return identity instanceof FaceIdentity.Upstream;
    }

    ZenohId node() {
        return transport.peer();
    }

    /** What the peer wants to hear of. Under the routing table's lock, as are the next three. */
    Interests interests() {
        return interests;
    }

    /** What the peer declared, by its numbers. */
    Map<Integer, Declaring> declared(Kind kind) {
        return declared.get(kind);
    }

    /** What the peer was told and was not taken back. */
    Map<KeyExpression, Told> told(Kind kind) {
        return told.get(kind);
    }

    /** A number for something that the peer is told. */
    int nextNumber() {
        return ++lastNumber;
    }

    /** Has a message sent, after all that were given here before, without waiting for that. */
    void tell(NetworkMessage message) {
        outbox.add(message);
    }

    /** Key expressions that the peer knows by numbers. */
    ToldKeys toldKeys() {
        return toldKeys;
    }

    /** Sends a publication, which waits for room if it blocks; whether it was taken. */
    boolean publish(Outgoing message, boolean reliable) {
        boolean isTaken = send(message, reliable);
        if (isTaken) {
            tally.deliveries.increment();
        } else {
            dropped.increment();
            tally.droppedPublications.increment();
        }
        return isTaken;
    }

    /** Declarations are more urgent than publications, so it is ahead of those that are sent later. */
    private boolean sendNow(NetworkMessage message) {
        try {
            return !isStalled.get() && transport.send(message, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a message that blocks, or not; whether it was taken. A face that does not take one in time is closed. */
    boolean send(Outgoing message, boolean reliable) {
        if (isStalled.get()) {
            return false;
        }
        boolean blocks = message.qualityOfService().congestionControl() == CongestionControl.BLOCK;
        long start = blocks ? System.nanoTime() : 0;
        try {
            if (transport.send(message, reliable, blocks ? blockingTimeout : Duration.ZERO)) {
                return true;
            }
            if (blocks && System.nanoTime() - start >= blockingTimeout.toNanos()) {
                stalled();
            }
            return false;
        } catch (IllegalArgumentException e) {
            // As large as a message may be when it came, and larger with its key expression written out.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The peer does not take what must not be dropped: whoever waits for it is let go, and it may come again. */
    private void stalled() {
        if (isStalled.compareAndSet(false, true)) {
            tally.stalledFaces.increment();
            close(CloseReason.UNRESPONSIVE);
        }
    }

    /** Tells the peer why it ends; {@link io.vyra.zenoh.transport.TransportHandler#closed} follows. Does not wait. */
    Thread close(CloseReason reason) {
        return Thread.ofVirtual().name("zenoh-close").start(() -> transport.close(reason));
    }

    /** The peer is gone: nothing is told to it any more. */
    void ended() {
        outbox.close();
    }

    void countRefused() {
        refused.increment();
    }

    void keyExpressions(int count) {
        keyExpressions = count;
    }

    /** Whether this is the first time that a limit is reached. */
    boolean isFirstAtLimit() {
        boolean isFirst = !isLimitReported;
        isLimitReported = true;
        return isFirst;
    }

    /** What can be said of it now, the sizes of its declarations as of when they were last counted. */
    FaceStatus status(int subscribers, int queryables, int tokens, int openQueries) {
        return new FaceStatus(
                id,
                identity,
                transport.peer(),
                transport.address(),
                subscribers,
                queryables,
                tokens,
                keyExpressions,
                openQueries,
                refused.sum(),
                dropped.sum(),
                transport.counters());
    }

    /** Number and address. */
    @Override
    public String toString() {
        return id + " " + transport.address();
    }
}
