package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.discovery.EndpointDescription;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.SampleIdentity;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.participant.DataWriter;
import io.vyra.ros2.rtps.participant.Known;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import io.vyra.ros2.rtps.qos.Qos;
import io.vyra.ros2.wire.MalformedDataException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves a service, to each client as its convention has it. A reply waits until the client's reader is matched, for before that it would be
 * lost: the first reply to a new client is the one that gets lost elsewhere.
 */
public final class ServiceServer implements AutoCloseable {
    static final Qos QOS = Qos.DEFAULT;
    private static final System.Logger LOG = System.getLogger(ServiceServer.class.getName());
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_WAITING = 256;

    private final RosNode node;
    private final String service;
    private final Handler handler;
    private final MessageType requestType;
    private final MessageType responseType;
    private final DataWriter replies;
    private final DataReader requests;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private final Deque<Reply> waiting = new ArrayDeque<>();
    private final AtomicLong refused = new AtomicLong();
    private final ParticipantListener matches = new ParticipantListener() {
        @Override
        public void known(Known known) {
            sendWaiting();
        }

        @Override
        public void matched(Guid own, Guid other) {
            sendWaiting();
        }

        @Override
        public void endpointFound(EndpointDescription endpoint, boolean isWriter) {
            sendWaiting();
        }
    };

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * @return the response; what it leaves out has its default
         */
        Map<String, Object> handle(Map<String, Object> request);
    }

    /** A request, and how to answer it. */
    private record Request(
            Guid writer, SampleIdentity identity, ServiceConvention convention, MessageCodec.Call call) {}

    private record Reply(Request to, byte[] payload, InlineQos inlineQos) {}

    ServiceServer(RosNode node, String service, TypeName type, Handler handler) {
        this.node = node;
        this.service = service;
        this.handler = handler;
        RosContext context = node.context();
        this.requestType = context.types().get(type.part("Request"));
        this.responseType = context.types().get(type.part("Response"));
        String userData = CallIdentity.ofServer() + context.typeHash(type);
        // Whoever finds the reader of requests shall find the writer of replies, too.
        this.replies = context.createWriter(RosNames.replyToDds(service), responseType.name(), QOS.keepAll(), userData);
        this.requests = context.createReader(
                RosNames.requestToDds(service), requestType.name(), QOS.keepAll(), userData, this::received);
        context.participant().addListener(matches);
    }

    /** The full name of the service. */
    public String service() {
        return service;
    }

    DataReader requests() {
        return requests;
    }

    DataWriter replies() {
        return replies;
    }

    /** How many requests were refused, because there were too many or they could not be read. */
    public long refused() {
        return refused.get();
    }

    private void received(ReceivedSample sample) {
        ServiceConvention convention = convention(sample);
        Request request;
        try {
            MessageCodec.Call call = MessageCodec.read(
                    requestType, sample.payload().toArray(), convention == ServiceConvention.CYCLONE_DDS);
            Guid client = sample.inlineQos()
                    .related()
                    .map(SampleIdentity::writer)
                    .filter(guid -> !guid.equals(Guid.UNKNOWN))
                    .orElse(sample.writer());
            request = new Request(sample.writer(), new SampleIdentity(client, sample.sequence()), convention, call);
        } catch (MalformedDataException e) {
            refused.incrementAndGet();
            LOG.log(System.Logger.Level.DEBUG, "A request of {0} is malformed: {1}", service, e.getMessage());
            return;
        }
        if (!slots.tryAcquire()) {
            refused.incrementAndGet();
            return;
        }
        Thread.ofVirtual().name(service).start(() -> {
            try {
                answer(request);
            } catch (IllegalStateException e) {
                // The program has left the graph meanwhile; nobody can be told any more.
                refused.incrementAndGet();
                LOG.log(System.Logger.Level.DEBUG, "A reply of {0} is not sent: {1}", service, e.getMessage());
            } finally {
                slots.release();
            }
        });
    }

    /** As told, else as the client's vendor does, else by what the request looks like. */
    private ServiceConvention convention(ReceivedSample sample) {
        RosContext context = node.context();
        return context.convention()
                .or(() -> context.knowledge().vendor(sample.writer().prefix()).flatMap(ServiceConvention::of))
                .orElse(
                        sample.inlineQos().related().isPresent()
                                ? ServiceConvention.FAST_DDS
                                : ServiceConvention.CYCLONE_DDS);
    }

    private void answer(Request request) {
        byte[] payload;
        try {
            payload = MessageCodec.write(
                    responseType,
                    handler.handle(request.call().message()),
                    request.call().header());
        } catch (RuntimeException e) {
            // ROS 2 has no way to tell the client; it will wait until its own deadline.
            LOG.log(System.Logger.Level.WARNING, "A request of " + service + " cannot be answered", e);
            return;
        }
        InlineQos inlineQos = request.convention() == ServiceConvention.FAST_DDS
                ? InlineQos.related(request.identity())
                : InlineQos.NONE;
        Reply reply = new Reply(request, payload, inlineQos);
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                waiting.pollFirst();
                refused.incrementAndGet();
            }
            waiting.addLast(reply);
        }
        sendWaiting();
    }

    private void sendWaiting() {
        List<Reply> ready = new ArrayList<>();
        synchronized (waiting) {
            waiting.removeIf(reply -> isReachable(reply.to()) && ready.add(reply));
        }
        for (Reply reply : ready) {
            if (replies.write(Slice.of(reply.payload()), reply.inlineQos()) == 0) {
                refused.incrementAndGet();
            }
        }
    }

    private boolean isReachable(Request request) {
        Guid client = request.identity().writer();
        if (request.convention() == ServiceConvention.FAST_DDS && !client.equals(request.writer())) {
            return replies.isMatched(client);
        }
        Graph graph = node.context().knowledge();
        Optional<EndpointDescription> writer = graph.writer(request.writer());
        if (writer.isEmpty()) {
            // Its request was faster than the news of it: which of the readers is the client's own is not known yet.
            return false;
        }
        Optional<String> id = CallIdentity.clientIn(writer.get().userData());
        return graph.readers(request.writer().prefix(), RosNames.replyToDds(service)).stream()
                .filter(reader ->
                        id.isEmpty() || CallIdentity.clientIn(reader.userData()).equals(id))
                .anyMatch(reader -> replies.isMatched(reader.guid()));
    }

    @Override
    public void close() {
        node.context().participant().removeListener(matches);
        node.unregister(this, requests.guid(), replies.guid());
        requests.close();
        replies.close();
    }
}
