package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.endpoint.ReceivedSample;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.message.GuidPrefix;
import io.vyra.ros2.rtps.message.InlineQos;
import io.vyra.ros2.rtps.message.SampleIdentity;
import io.vyra.ros2.rtps.message.Slice;
import io.vyra.ros2.rtps.message.Vendor;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.rtps.participant.DataWriter;
import io.vyra.ros2.rtps.participant.Known;
import io.vyra.ros2.rtps.participant.ParticipantListener;
import io.vyra.ros2.wire.MalformedDataException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a service, as its server's convention has it. Thread-safe. */
public final class ServiceClient implements AutoCloseable {
    private static final int MOST_OPEN = 1_000;
    /** DDSI-RTPS 2.5 §8.3.5.4: a high half of −1 and a low one of 0. */
    private static final long UNKNOWN_SEQUENCE = -1L << 32;

    private final RosNode node;
    private final String service;
    private final MessageType requestType;
    private final MessageType responseType;
    private final DataReader replies;
    private final DataWriter requests;
    private final long id = new SecureRandom().nextLong();
    private final Map<Long, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
    private final ParticipantListener matches = new ParticipantListener() {
        @Override
        public void known(Known known) {
            wakeUp();
        }

        @Override
        public void matched(Guid own, Guid other) {
            wakeUp();
        }

        @Override
        public void unmatched(Guid own, Guid other) {
            wakeUp();
        }
    };
    private long calls;

    ServiceClient(RosNode node, String service, TypeName type) {
        this.node = node;
        this.service = service;
        RosContext context = node.context();
        this.requestType = context.types().get(type.part("Request"));
        this.responseType = context.types().get(type.part("Response"));
        String userData = CallIdentity.ofClient() + context.typeHash(type);
        this.replies = context.createReader(
                RosNames.replyToDds(service),
                responseType.name(),
                ServiceServer.QOS.keepAll(),
                userData,
                this::received);
        this.requests = context.createWriter(
                RosNames.requestToDds(service), requestType.name(), ServiceServer.QOS.keepAll(), userData);
        context.participant().addListener(matches);
    }

    /** The full name of the service. */
    public String service() {
        return service;
    }

    DataReader replies() {
        return replies;
    }

    DataWriter requests() {
        return requests;
    }

    private synchronized void wakeUp() {
        notifyAll();
    }

    /** Whether there is a server that can be called and that can answer. */
    public boolean isServed() {
        return server().isPresent();
    }

    /** The server's writer of replies, once both directions are matched and the server knows where replies go. */
    private Optional<Guid> server() {
        return requests.readers().stream()
                .flatMap(reader -> replies.writers().stream()
                        .filter(writer -> writer.prefix().equals(reader.prefix())))
                .filter(writer -> replies.isKnownTo(writer.prefix()))
                .filter(writer -> isConventionKnown(writer.prefix()))
                .findFirst();
    }

    /** The news of whose implementation a program runs on may be slower than its endpoints are matched. */
    private boolean isConventionKnown(GuidPrefix program) {
        RosContext context = node.context();
        return context.convention().isPresent()
                || program.equals(requests.guid().prefix())
                || context.knowledge().vendor(program).isPresent();
    }

    /**
     * Calls the service, which is awaited first.
     *
     * @param request what it leaves out has its default
     * @throws TimeoutException when there is no server or no answer in time, or no room for a request
     * @throws UnreadableAnswerException when the answer is none of the service's type
     * @throws TooManyCallsException when a thousand calls are open
     * @throws io.vyra.ros2.rtps.participant.ParticipantClosedException when this program has left the graph
     * @throws io.vyra.ros2.cdr.InvalidValueException when the request is none of the service's type
     */
    public Map<String, Object> call(Map<?, ?> request, Duration timeout) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Guid server = awaitServer(deadline);
        CompletableFuture<Map<String, Object>> answer = send(server, request);
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("The service " + service + " did not answer within " + seconds(timeout)
                    + ". Its node may be busy or stuck; a longer timeout waits for it");
        } catch (java.util.concurrent.ExecutionException e) {
            throw new UnreadableAnswerException(
                    "The answer of " + service + " is no " + responseType.name() + ": "
                            + e.getCause().getMessage() + ". See whether both sides have the same definition of it",
                    e.getCause());
        } finally {
            open.values().remove(answer);
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private synchronized Guid awaitServer(long deadline) throws TimeoutException, InterruptedException {
        Optional<Guid> server = server();
        while (server.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException(
                        "Nobody serves " + service + ". See whether its node runs, and in the same domain");
            }
            // That the server knows of the replies' reader comes without an event.
            wait(Math.min(left, 10));
            server = server();
        }
        return server.get();
    }

    private synchronized CompletableFuture<Map<String, Object>> send(Guid server, Map<?, ?> request)
            throws TimeoutException {
        if (open.size() >= MOST_OPEN) {
            throw new TooManyCallsException("More than " + MOST_OPEN + " calls of " + service + " are open");
        }
        boolean isCyclone = convention(server) == ServiceConvention.CYCLONE_DDS;
        long number = isCyclone ? ++calls : requests.sequence() + 1;
        Optional<MessageCodec.CallHeader> header =
                isCyclone ? Optional.of(new MessageCodec.CallHeader(id, number)) : Optional.empty();
        byte[] payload = MessageCodec.write(requestType, request, header);
        InlineQos inlineQos =
                isCyclone ? InlineQos.NONE : InlineQos.related(new SampleIdentity(replies.guid(), UNKNOWN_SEQUENCE));
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        open.put(number, answer);
        if (requests.write(Slice.of(payload), inlineQos) == 0) {
            open.remove(number);
            throw new TimeoutException(
                    "The service " + service
                            + " takes no more requests, since it has not acknowledged earlier ones. Its node may be busy or stuck");
        }
        return answer;
    }

    private ServiceConvention convention(Guid server) {
        RosContext context = node.context();
        Vendor vendor = context.knowledge().vendor(server.prefix()).orElse(Vendor.UNKNOWN);
        return context.convention().or(() -> ServiceConvention.of(vendor)).orElse(ServiceConvention.FAST_DDS);
    }

    private void received(ReceivedSample sample) {
        Optional<SampleIdentity> related = sample.inlineQos().related();
        if (related.isPresent()) {
            Guid client = related.get().writer();
            if (client.equals(replies.guid()) || client.equals(requests.guid())) {
                complete(related.get().sequence(), sample, false);
            }
            return;
        }
        try {
            MessageCodec.Call call =
                    MessageCodec.read(responseType, sample.payload().toArray(), true);
            call.header()
                    .filter(header -> header.client() == id)
                    .ifPresent(header -> complete(header.sequence(), sample, true));
        } catch (MalformedDataException e) {
            // Another client's reply in another convention, most likely; ours would be awaited until its deadline.
            return;
        }
    }

    private void complete(long number, ReceivedSample sample, boolean hasHeader) {
        CompletableFuture<Map<String, Object>> answer = open.remove(number);
        if (answer == null) {
            return;
        }
        try {
            answer.complete(MessageCodec.read(responseType, sample.payload().toArray(), hasHeader)
                    .message());
        } catch (MalformedDataException e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        node.context().participant().removeListener(matches);
        node.unregister(this, replies.guid(), requests.guid());
        requests.close();
        replies.close();
    }
}
