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
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
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
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final UdpTransport transport;
    private final Outbox outbox;
    private final BufferPool pool = new BufferPool();
    private final ReceivedSample.Spare samples = new ReceivedSample.Spare(pool);
    private final Events events;
    private final Discovery discovery;
    private final Reception reception;
    private final Transmission transmission;
    private final GuidPrefix prefix;
    private final int largestSample;
    private final DueThread timer;

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
        this.reception = new Reception(lock, progress, outbox, new PacketProcessor(discovery), samples);
        this.transmission = new Transmission(lock, progress, outbox, reception::isReceiving, this::requireOpen);
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
        transport.start(settings.name(), wayIn.apply(participant.reception::packet));
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
                reception.packets(),
                reception.malformed(),
                transport.unsent(),
                discovery.refused(),
                events.dropped(),
                reception.errors() + timer.failures()));
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
            EndpointDescription description =
                    new EndpointDescription(guid, topic, type, qos.possible(), List.of(), userData);
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
            EndpointDescription description =
                    new EndpointDescription(guid, topic, type, qos.possible(), List.of(), userData);
            DataReader[] created = new DataReader[1];
            RtpsReader reader = new RtpsReader(
                    new OwnEnvironment(), guid, qos, largestSample, sample -> reception.deliver(created[0], sample));
            created[0] = new DataReader(this, description, reader, listener);
            discovery.add(created[0]);
            return created[0];
        });
    }

    private void requireOpen() {
        if (isClosed) {
            throw new ParticipantClosedException();
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
        return transmission.write(writer, payload, inlineQos);
    }

    boolean awaitAcknowledged(RtpsWriter writer, Duration timeout) throws InterruptedException {
        return transmission.awaitAcknowledged(writer, timeout);
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

    /** Takes a packet as if it had come by unicast. */
    void inject(byte[] packet) {
        reception.packet(packet, packet.length, false);
    }

    /** How many bytes of incomplete and early samples are kept for another participant; 0 when it is not known. */
    long keptFor(GuidPrefix other) {
        return locked(() -> discovery.keptFor(other));
    }

    /** How many endpoints of another participant are known; 0 when it is not known itself. */
    int endpointsOf(GuidPrefix other) {
        return locked(() -> discovery.endpointsOf(other));
    }

    private long runDue(long now) {
        long next = discovery.run(now);
        outbox.flush();
        // Whoever waits for a reader need not any more when it is gone.
        progress.signalAll();
        return next;
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
