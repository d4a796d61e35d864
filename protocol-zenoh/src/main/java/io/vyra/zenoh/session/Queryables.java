package io.vyra.zenoh.session;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.CongestionControl;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.EntityId;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.NetworkMessage.Declare;
import io.vyra.zenoh.message.NetworkMessage.Request;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The queryables of a session, and which of them a query is for. Thread-safe. */
final class Queryables {
    private final Connection connection;
    private final Duration blockingTimeout;
    private final CopyOnWriteArrayList<Queryable> all = new CopyOnWriteArrayList<>();

    Queryables(Connection connection, Duration blockingTimeout) {
        this.connection = connection;
        this.blockingTimeout = blockingTimeout;
    }

    void add(Queryable queryable) {
        if (queryable.origin().isRemote()) {
            connection.declare(() -> all.add(queryable), declaration(queryable));
        } else {
            all.add(queryable);
        }
    }

    void remove(Queryable queryable) {
        connection.declare(() -> {
            if (all.remove(queryable) && queryable.origin().isRemote()) {
                connection.declare(
                        () -> {},
                        Declare.of(new Declaration.QueryableUndeclared(queryable.number(), WireExpression.NONE)));
            }
        });
    }

    void declareAll(Consumer<NetworkMessage> sender) {
        for (Queryable queryable : all) {
            if (queryable.origin().isRemote()) {
                sender.accept(declaration(queryable));
            }
        }
    }

    private static Declare declaration(Queryable queryable) {
        return Declare.of(new Declaration.QueryableDeclared(
                queryable.number(), WireExpression.of(queryable.key().toString()), queryable.isComplete(), 0));
    }

    /** Those of this session that a query of this session reaches. */
    List<Queryable> matchingLocal(KeyExpression key, QueryTarget target) {
        return all.stream()
                .filter(queryable -> queryable.origin().isLocal() && matches(queryable, key, target))
                .toList();
    }

    private static boolean matches(Queryable queryable, KeyExpression key, QueryTarget target) {
        return queryable.key().intersects(key) && (target != QueryTarget.ALL_COMPLETE || queryable.isComplete());
    }

    /** Hands a query of the peer's to those it is for. */
    void handle(Transport transport, KeyExpression key, Request request) {
        List<Queryable> matching = key == null
                ? List.of()
                : all.stream()
                        .filter(queryable -> queryable.origin().isRemote() && matches(queryable, key, request.target()))
                        .toList();
        RemoteSink sink = new RemoteSink(transport, request, Math.max(1, matching.size()));
        if (matching.isEmpty()) {
            sink.done();
        }
        Selector selector =
                key == null ? null : new Selector(key, request.query().parameters());
        for (Queryable queryable : matching) {
            queryable.handle(selector, request.query(), sink);
        }
    }

    /** Sends answers to the peer that asked, and an end after the last one. */
    private final class RemoteSink implements AnswerSink {
        private final Transport transport;
        private final int number;
        private final QualityOfService quality;
        private final AtomicInteger open;

        RemoteSink(Transport transport, Request request, int queryables) {
            this.transport = transport;
            this.number = request.number();
            this.quality = QualityOfService.of(
                    request.qualityOfService().priority(),
                    CongestionControl.BLOCK,
                    request.qualityOfService().express());
            this.open = new AtomicInteger(queryables);
        }

        @Override
        public boolean answer(KeyExpression key, Answer answer, EntityId responder) {
            return send(new NetworkMessage.Response(
                    number, WireExpression.of(key.toString()), quality, null, responder, answer));
        }

        @Override
        public OptionalInt requestNumber() {
            return OptionalInt.of(number);
        }

        @Override
        public void done() {
            if (open.decrementAndGet() == 0) {
                send(new NetworkMessage.ResponseFinal(number, quality, null));
            }
        }

        private boolean send(NetworkMessage message) {
            try {
                return transport.send(message, blockingTimeout);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
