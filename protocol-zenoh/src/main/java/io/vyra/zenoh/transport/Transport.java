package io.vyra.zenoh.transport;

import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An open transport over one link. Thread-safe.
 *
 * <p>Two daemon threads serve it, one that reads and one that writes. It ends when either side closes it, the connection breaks, the peer
 * is silent for longer than it promised, or sends what is not valid; {@link TransportHandler#closed} then says which.
 */
public final class Transport {
    private static final Duration GOODBYE = Duration.ofSeconds(1);
    private static final long SMALL_STACK = 256 << 10;

    private final Link link;
    private final Negotiated negotiated;
    private final TransportSettings settings;
    private final BatchReader batches;
    private final Transmitter transmitter;
    private final AtomicReference<TransportEnd> decided = new AtomicReference<>();
    private volatile Receiver receiver;
    private volatile ScheduledFuture<?> heartbeat;

    private Transport(Link link, TransportSettings settings, BatchReader batches, Negotiated negotiated) {
        this.link = link;
        this.settings = settings;
        this.batches = batches;
        this.negotiated = negotiated;
        this.transmitter = new Transmitter(link, settings, negotiated);
    }

    /**
     * Shakes hands from the side that connected. The link is closed when that fails.
     *
     * @param credentials as whom, or null
     * @param timer ends a handshake that takes too long
     * @throws HandshakeException when the peer refuses or is refused
     * @throws IOException when the connection breaks, or the handshake takes too long
     */
    public static Transport initiate(
            Link link, TransportSettings settings, Credentials credentials, ScheduledExecutorService timer)
            throws IOException {
        return shakeHands(link, settings, timer, handshake -> handshake.initiate(credentials));
    }

    /**
     * Shakes hands from the side that listened; see {@link #initiate}.
     *
     * @param users who may connect with a password, or null when none is asked for
     */
    public static Transport accept(
            Link link, TransportSettings settings, UserDirectory users, ScheduledExecutorService timer)
            throws IOException {
        return accept(link, settings, users, Admission.ALL, timer);
    }

    /**
     * Shakes hands from the side that listened; see {@link #initiate}.
     *
     * @param users who may connect with a password, or null when none is asked for
     * @param admission whom of them to let in
     */
    public static Transport accept(
            Link link,
            TransportSettings settings,
            UserDirectory users,
            Admission admission,
            ScheduledExecutorService timer)
            throws IOException {
        return shakeHands(link, settings, timer, handshake -> handshake.accept(users, admission));
    }

    private interface Role {
        Negotiated play(Handshake handshake) throws IOException;
    }

    private static Transport shakeHands(
            Link link, TransportSettings settings, ScheduledExecutorService timer, Role role) throws IOException {
        Duration timeout = settings.handshakeTimeout();
        AtomicBoolean isLate = new AtomicBoolean();
        ScheduledFuture<?> alarm = timer.schedule(
                () -> {
                    isLate.set(true);
                    link.close();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        BatchReader batches = new BatchReader(link);
        boolean isOpen = false;
        try {
            Negotiated negotiated = role.play(new Handshake(link, batches, settings));
            // An alarm that goes off now has closed the link, and the first use of it will tell.
            isOpen = true;
            return new Transport(link, settings, batches, negotiated);
        } catch (IOException e) {
            if (isLate.get()) {
                throw new IOException(
                        link + " did not answer within " + timeout + ": is it a Zenoh router that listens there?", e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
            if (!isOpen) {
                link.close();
            }
        }
    }

    /**
     * Begins to receive. To be called once.
     *
     * @param timer gives signs of life and listens for the peer's
     */
    public void start(TransportHandler handler, ScheduledExecutorService timer) {
        receiver = new Receiver(batches, settings, negotiated, handler);
        long periodNanos = settings.lease().dividedBy(4).toNanos();
        long leaseNanos = nanos(negotiated.peerLease());
        // The peer's lease may be shorter than this side's.
        long tickNanos = Math.max(1_000_000, Math.min(periodNanos, leaseNanos / 4));
        heartbeat = timer.scheduleWithFixedDelay(
                () -> {
                    transmitter.keepAlive(periodNanos);
                    if (receiver.silenceNanos() > leaseNanos) {
                        end(new TransportEnd.LeaseExpired());
                    }
                },
                tickNanos,
                tickNanos,
                TimeUnit.NANOSECONDS);
        thread("zenoh-write", transmitter::run);
        thread("zenoh-read", () -> receive(handler));
    }

    private void thread(String name, Runnable work) {
        Thread.ofPlatform()
                .daemon()
                .stackSize(SMALL_STACK)
                .name(name + " " + link.peer())
                .start(work);
    }

    private void receive(TransportHandler handler) {
        TransportEnd end = new TransportEnd.ConnectionLost("The reading thread failed");
        try {
            end = receiver.run();
            if (end instanceof TransportEnd.ProtocolViolated) {
                decided.compareAndSet(null, end);
                transmitter.close(CloseReason.INVALID, GOODBYE);
            }
        } finally {
            end(end);
            handler.closed(decided.get());
        }
    }

    private void end(TransportEnd end) {
        decided.compareAndSet(null, end);
        ScheduledFuture<?> ticking = heartbeat;
        if (ticking != null) {
            ticking.cancel(false);
        }
        link.close();
        transmitter.abort();
    }

    /**
     * Hands a message over to be sent.
     *
     * <p>What may be dropped waits at most {@link TransportSettings#dropWait} for room; what blocks waits up to the timeout. A message
     * larger than a batch travels in fragments.
     *
     * @param reliable on which channel: each is in order by itself
     * @param blockingTimeout how long to wait for room where the message blocks
     * @return whether it was taken; if not it was dropped, or the transport ended. Taken does not mean arrived
     * @throws IllegalArgumentException when the message is larger than {@link TransportSettings#largestMessage}
     */
    public boolean send(Outgoing message, boolean reliable, Duration blockingTimeout) throws InterruptedException {
        return transmitter.send(message, reliable, blockingTimeout);
    }

    /** {@link #send} on the reliable channel. */
    public boolean send(NetworkMessage message, Duration blockingTimeout) throws InterruptedException {
        return transmitter.send(Outgoing.of(message), true, blockingTimeout);
    }

    /** Writes what waits, for at most a second, tells the peer, and closes the link. */
    public void close(CloseReason reason) {
        if (decided.compareAndSet(null, new TransportEnd.ClosedHere(reason)) && receiver != null) {
            transmitter.close(reason, GOODBYE);
        }
        end(new TransportEnd.ClosedHere(reason));
    }

    /** Who the peer is. */
    public ZenohId peer() {
        return negotiated.peer();
    }

    /** What the peer is. */
    public WhatAmI peerRole() {
        return negotiated.peerRole();
    }

    /** As whom the peer proved itself with a password, if it was asked to. */
    public Optional<String> user() {
        return Optional.ofNullable(negotiated.user());
    }

    /** The certificate by which the peer proved itself, if it was asked to. */
    public Optional<X509Certificate> certificate() {
        return link.peerCertificate();
    }

    /** Where the peer is, for messages to people. */
    public String address() {
        return link.peer();
    }

    public TransportCounters counters() {
        TransportCounters sending = transmitter.counters();
        Receiver receiving = receiver;
        return receiving == null ? sending : receiving.counters(sending);
    }

    private static long nanos(Duration lease) {
        return lease.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365).toNanos() : lease.toNanos();
    }
}
