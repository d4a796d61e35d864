package io.vyra.ros2.rtps.participant;

import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.discovery.ParticipantDescription;
import io.vyra.ros2.rtps.endpoint.BufferPool;
import io.vyra.ros2.rtps.endpoint.Environment;
import io.vyra.ros2.rtps.endpoint.Outbox;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.endpoint.RtpsReader;
import io.vyra.ros2.rtps.endpoint.RtpsWriter;
import io.vyra.ros2.rtps.message.EntityId;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.Packets;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.rtps.transport.UdpTransport;
import io.vyra.ros2.wire.MalformedDataException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A participant of a DDS domain over UDP (DDSI-RTPS 2.5). Thread-safe. It has five threads at most, whatever the number of its endpoints:
 * two that receive, one for what is due, one for listeners, and one that looks up the names of static peers. Now and then a virtual one looks at
 * the interfaces of this machine.
 *
 * <p>One lock guards everything; samples are given to their listeners without it, by the thread that received them.
 */
public final class Participant implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Participant.class.getName());
    private static final long ROOM_TIMEOUT = TimeUnit.SECONDS.toNanos(1);

    /** How long a writer waits for acknowledgements before it sends more than may fit into a reader's socket. */
    private static final long WINDOW_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long PAUSE = 200_000;

    private static final double FRACTIONS = 4294967296.0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final UdpTransport transport;
    private final Outbox outbox;
    private final BufferPool pool = new BufferPool();
    private final ReceivedSample.Spare samples = new ReceivedSample.Spare(pool);
    private final Deliveries deliveries = new Deliveries();
    private final Events events;
    private final Discovery discovery;
    private final PacketProcessor processor;
    private final GuidPrefix prefix;
    private final int largestSample;
    private final DueThread timer;

    /** Who receives what comes by unicast, and runs listeners. Guarded by the lock. */
    private Thread receiver;

    private long packets;
    private long malformed;
    private long errors;
    private int lastKey;
    private boolean isClosed;

    private Participant(ParticipantSettings settings, UdpTransport transport, UnaryOperator<Outbox.Sender> way) {
        this.transport = transport;
        this.prefix = randomPrefix();
        this.largestSample = settings.largestSample();
        this.outbox =
                new Outbox(new Packets.Header(Packets.VERSION, Vendor.UNKNOWN, prefix), way.apply(transport::send));
        this.events = new Events(settings.name(), lock, this::known);
        this.timer = new DueThread(settings.name() + "-due", lock, this::runDue);
        Environment environment = new OwnEnvironment();
        NetworkWatch network =
                new NetworkWatch(settings.name() + "-network", transport::isOutdated, this::networkChanged);
        this.discovery = new Discovery(settings, description(settings), environment, events, transport, network);
        this.processor = new PacketProcessor(discovery);
    }

    private ParticipantDescription description(ParticipantSettings settings) {
        return new ParticipantDescription(
                prefix,
                Vendor.UNKNOWN,
                Packets.VERSION,
                ParticipantDescription.ALL_ENDPOINTS,
                transport.locators(),
                transport.locators(),
                settings.lease(),
                settings.name(),
                settings.userData());
    }

    private void networkChanged() {
        locked(() -> {
            if (!isClosed) {
                discovery.networkChanged();
            }
            return null;
        });
    }

    private static GuidPrefix randomPrefix() {
        SecureRandom random = new SecureRandom();
        // The first two bytes are the vendor's.
        return new GuidPrefix(random.nextLong() >>> 16, random.nextInt());
    }

    /**
     * Joins the domain.
     *
     * @throws IOException when no port of the domain is free, or the system refuses
     */
    public static Participant open(ParticipantSettings settings) throws IOException {
        return open(settings, UnaryOperator.identity());
    }

    /** Joins the domain with something on the way of what is sent, such as loss. */
    static Participant open(ParticipantSettings settings, UnaryOperator<Outbox.Sender> way) throws IOException {
        return open(settings, way, UnaryOperator.identity());
    }

    /** Joins the domain with something on the ways of what is sent and of what comes. */
    static Participant open(
            ParticipantSettings settings,
            UnaryOperator<Outbox.Sender> way,
            UnaryOperator<UdpTransport.PacketHandler> wayIn)
            throws IOException {
        UdpTransport transport = UdpTransport.open(settings.discovery());
        Participant participant = new Participant(settings, transport, way);
        transport.start(settings.name(), wayIn.apply(participant::packet));
        participant.timer.start();
        return participant;
    }

    public GuidPrefix prefix() {
        return prefix;
    }

    /** What is known now. Whoever asks has the lock. */
    Known known() {
        return discovery.known();
    }

    /** Has a listener told what is known already, and then what happens. */
    public void addListener(ParticipantListener listener) {
        locked(() -> {
            events.add(listener);
            return null;
        });
    }

    public void removeListener(ParticipantListener listener) {
        events.remove(listener);
    }

    /** The other participants. */
    public List<ParticipantDescription> participants() {
        return locked(discovery::participants);
    }

    public ParticipantCounters counters() {
        return locked(() -> new ParticipantCounters(
                packets,
                malformed,
                transport.unsent(),
                discovery.refused(),
                events.dropped(),
                errors + timer.failures()));
    }

    /**
     * Starts to write to a topic.
     *
     * @param userData what others see, for programs
     * @throws IllegalArgumentException when the quality of service limits nothing, or less than it keeps
     */
    public DataWriter createWriter(String topic, String type, Qos qos, String userData) {
        return locked(() -> {
            requireOpen();
            Guid guid = new Guid(prefix, EntityId.writer(++lastKey));
            EndpointDescription description = new EndpointDescription(guid, topic, type, qos.possible(), List.of(), userData);
            DataWriter writer = new DataWriter(this, description, new RtpsWriter(new OwnEnvironment(), guid, qos));
            discovery.add(writer);
            return writer;
        });
    }

    /**
     * Starts to read from a topic.
     *
     * @param userData what others see, for programs
     * @throws IllegalArgumentException when the quality of service limits nothing, or less than it keeps
     */
    public DataReader createReader(String topic, String type, Qos qos, String userData, SampleListener listener) {
        return locked(() -> {
            requireOpen();
            Guid guid = new Guid(prefix, EntityId.reader(++lastKey));
            EndpointDescription description = new EndpointDescription(guid, topic, type, qos.possible(), List.of(), userData);
            DataReader[] created = new DataReader[1];
            RtpsReader reader = new RtpsReader(
                    new OwnEnvironment(), guid, qos, largestSample, sample -> deliveries.add(created[0], sample));
            created[0] = new DataReader(this, description, reader, listener);
            discovery.add(created[0]);
            return created[0];
        });
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The participant has been closed");
        }
    }

    void remove(DataWriter writer) {
        locked(() -> {
            discovery.remove(writer);
            return null;
        });
    }

    void remove(DataReader reader) {
        locked(() -> {
            discovery.remove(reader);
            return null;
        });
    }

    boolean isKnown(Guid endpoint, GuidPrefix other) {
        return locked(() -> discovery.isKnown(endpoint, other));
    }

    long write(RtpsWriter writer, Slice payload, InlineQos inlineQos) {
        lock.lock();
        try {
            awaitWindow(writer);
            long left = ROOM_TIMEOUT;
            while ((!writer.hasRoom() || writer.isSending()) && left > 0) {
                left = progress.awaitNanos(left);
            }
            requireOpen();
            if (!writer.hasRoom() || writer.isSending()) {
                return 0;
            }
            long number = writer.begin(payload, inlineQos, timestamp(), false);
            send(writer);
            return number;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A reader that does not answer holds the writer up once for each window, not once for each sample. A listener does not wait at all: it is run
     * by the thread that acknowledgements come to.
     */
    private void awaitWindow(RtpsWriter writer) throws InterruptedException {
        if (Thread.currentThread() == receiver) {
            return;
        }
        long left = WINDOW_TIMEOUT;
        while (!writer.hasWindow() && left > 0) {
            left = progress.awaitNanos(left);
        }
        if (!writer.hasWindow()) {
            writer.waiveWindow();
        }
    }

    /** Sends what was begun, with pauses in which the receivers empty their sockets, and others may do something here. */
    private void send(RtpsWriter writer) {
        boolean isInterrupted = false;
        while (writer.proceed()) {
            outbox.flush();
            isInterrupted |= !isInterrupted && !pause();
        }
        outbox.flush();
        progress.signalAll();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The result is false when the thread was interrupted. */
    private boolean pause() {
        try {
            long left = PAUSE;
            while (left > 0) {
                left = progress.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    boolean awaitAcknowledged(RtpsWriter writer, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeout.toNanos();
            while (!writer.isAcknowledged() && left > 0) {
                left = progress.awaitNanos(left);
            }
            return writer.isAcknowledged();
        } finally {
            lock.unlock();
        }
    }

    private static long timestamp() {
        Instant now = Instant.now();
        return now.getEpochSecond() << 32 | (long) (now.getNano() / 1e9 * FRACTIONS);
    }

    /** Does something under the lock, and sends what comes of it. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            outbox.flush();
            progress.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void packet(byte[] packet, int length, boolean isToGroup) {
        lock.lock();
        try {
            packets++;
            processor.process(packet, length, isToGroup);
            progress.signalAll();
        } catch (MalformedDataException e) {
            malformed++;
            LOG.log(System.Logger.Level.DEBUG, "A packet of RTPS is malformed: {0}", e.getMessage());
        } catch (RuntimeException e) {
            failed("A packet of RTPS could not be processed", e);
        } finally {
            try {
                outbox.flush();
            } catch (RuntimeException e) {
                failed("What comes of a packet of RTPS could not be sent", e);
            } finally {
                lock.unlock();
            }
        }
        if (!isToGroup) {
            deliver();
        }
    }

    /** Takes a packet as if it had come by unicast. */
    void inject(byte[] packet) {
        packet(packet, packet.length, false);
    }

    /** How many bytes of incomplete and early samples are kept for another participant; 0 when it is not known. */
    long keptFor(GuidPrefix other) {
        return locked(() -> discovery.keptFor(other));
    }

    /** Only the thread of the unicast socket comes here, so samples stay in order, and its buffer stays as it is. */
    private void deliver() {
        ReceivedSample sample = null;
        while (true) {
            DataReader reader;
            lock.lock();
            try {
                receiver = Thread.currentThread();
                if (sample != null) {
                    samples.give(sample);
                }
                sample = deliveries.sample();
                reader = deliveries.poll();
            } finally {
                lock.unlock();
            }
            if (reader == null) {
                return;
            }
            try {
                reader.listener().sample(sample);
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A listener of the topic " + reader.description().topic() + " failed",
                        e);
            }
        }
    }

    private long runDue(long now) {
        long next = discovery.run(now);
        outbox.flush();
        // Whoever waits for a reader need not any more when it is gone.
        progress.signalAll();
        return next;
    }

    /** An error of this library, by which the thread and with it the participant must not end. */
    private void failed(String what, RuntimeException cause) {
        errors++;
        LOG.log(System.Logger.Level.ERROR, what, cause);
    }

    /** Leaves the domain. Others are told. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            discovery.sayGoodbye();
            outbox.flush();
            timer.close();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        transport.close();
        events.close();
    }

    private final class OwnEnvironment implements Environment {
        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public BufferPool pool() {
            return pool;
        }

        @Override
        public ReceivedSample.Spare samples() {
            return samples;
        }

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void wakeAt(long time) {
            timer.wakeAt(time);
        }
    }
}
