package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Answer;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.ForwardedPush;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.Outgoing;
import io.vyra.zenoh.message.PushCursor;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Timestamp;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.session.KeyMap;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does with a face's messages what they ask for. The face's reading thread uses it. */
final class FaceHandler implements TransportHandler {
    private static final int UPSTREAM_INTEREST_NUMBER = 1;
    private static final byte[] NO_SUFFIX = {};

    /** What the upstream router is asked: all that it has, and all that is to come. */
    static final NetworkMessage.Interest UPSTREAM_INTEREST = new NetworkMessage.Interest(
            UPSTREAM_INTEREST_NUMBER,
            InterestMode.CURRENT_FUTURE,
            new InterestSubject(false, true, true, true, false),
            null,
            QualityOfService.DECLARATION,
            null,
            0);

    private final Exchange exchange;
    private final RoutingTable table;
    private final Face face;
    private final KeyMap keys = new KeyMap(_ -> null);
    private final RouteCache routes;
    private final FaceDeclarations declarations;
    private final ForwardedPush forwarded = new ForwardedPush();
    private final CountDownLatch ended = new CountDownLatch(1);

    FaceHandler(Exchange exchange, Face face) {
        this.exchange = exchange;
        this.table = exchange.table();
        this.face = face;
        this.routes = new RouteCache(this::findRoute);
        this.declarations = new FaceDeclarations(exchange, face, keys);
    }

    /** Waits until the face is gone. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Waits until the face is gone; whether it is, in time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void push(PushCursor push) {
        exchange.tally().publications.increment();
        KeyExpression key = keys.resolve(push);
        if (key == null) {
            return;
        }
        RouteCache.Route route = routes.of(key, table.version());
        if (!route.isAllowed()) {
            exchange.tally().refusedPublications.increment();
            face.countRefused();
            return;
        }
        if (route.faces().length > 0) {
            Timestamp stamp = push.timestamp() == null ? exchange.clock().now() : null;
            // Who gave the key expression a number publishes it again and again.
            boolean isRepeated = push.scope() != 0 && push.suffixLength() == 0;
            int[] numbers = route.numbers();
            for (int i = 0; i < numbers.length; i++) {
                Face each = route.faces()[i];
                forwarded.of(push, numbers[i], numbers[i] == 0 ? key.utf8() : NO_SUFFIX, stamp);
                boolean isTaken = each.publish(forwarded, push.isReliable());
                if (isRepeated && isTaken && numbers[i] == 0) {
                    numbers[i] = each.toldKeys().tell(key);
                }
            }
        }
    }

    private RouteCache.Route findRoute(KeyExpression key) {
        if (!exchange.isAllowed(face, Action.PUBLISH, key)) {
            return RouteCache.Route.REFUSED;
        }
        Face[] faces = table.subscribersOf(face, key);
        int[] numbers = Arrays.stream(faces)
                .mapToInt(each -> each.toldKeys().numberOf(key))
                .toArray();
        return new RouteCache.Route(true, faces, numbers);
    }

    @Override
    public void message(NetworkMessage message) {
        switch (message) {
            case NetworkMessage.Request request -> query(request);
            case NetworkMessage.Response response -> answer(response);
            case NetworkMessage.ResponseFinal last -> finish(last.number());
            case NetworkMessage.Declare declare -> declare(declare);
            case NetworkMessage.Interest interest -> declarations.interest(interest);
            // Clients say nothing about the network, and the upstream router's is not this one's; publications come by
            // push().
            case NetworkMessage.Maintenance _, NetworkMessage.Push _ -> {}
        }
    }

    private void declare(NetworkMessage.Declare declare) {
        if (!(declare.declaration() instanceof Declaration.AllDeclared)) {
            declarations.declare(declare.declaration());
        } else if (face.isUpstream() && declare.interest() != null && declare.interest() == UPSTREAM_INTEREST_NUMBER) {
            table.upstreamKnown();
        }
    }

    private void query(NetworkMessage.Request request) {
        exchange.tally().queries.increment();
        KeyExpression key = keys.resolve(request.key());
        if (key == null) {
            end(request);
            return;
        }
        if (!exchange.isAllowed(face, Action.QUERY, key)) {
            refuse(request, "It is not allowed to query " + key + " here");
            return;
        }
        List<Face> targets = table.targetsOf(face, key, request.target());
        if (targets.isEmpty()) {
            end(request);
            return;
        }
        OpenQueries.OpenQuery query =
                exchange.queries().open(face, request.number(), request.qualityOfService(), targets);
        if (query == null) {
            exchange.limitReached(face, "openQueriesPerFace");
            refuse(request, "As many queries as may be are open: wait for answers");
            return;
        }
        exchange.limitTime(query, request.timeoutMillis());
        WireExpression wireKey = WireExpression.of(key.toString());
        for (Map.Entry<Integer, Face> part : exchange.queries().partsOf(query).entrySet()) {
            NetworkMessage.Request forward = new NetworkMessage.Request(
                    part.getKey(),
                    wireKey,
                    request.qualityOfService(),
                    request.timestamp(),
                    0,
                    request.target(),
                    request.budget(),
                    request.timeoutMillis(),
                    request.query());
            if (!part.getValue().send(Outgoing.of(forward), true)) {
                end(exchange.queries().finish(part.getValue(), part.getKey()));
            }
        }
    }

    private void end(NetworkMessage.Request request) {
        face.tell(new NetworkMessage.ResponseFinal(request.number(), QualityOfService.REQUEST, null));
    }

    private void refuse(NetworkMessage.Request request, String why) {
        exchange.tally().refusedQueries.increment();
        face.tell(exchange.failure(request.number(), QualityOfService.REQUEST, why));
        end(request);
    }

    /** @param query that is over, or null */
    private static void end(OpenQueries.OpenQuery query) {
        if (query != null) {
            query.asker().send(Outgoing.of(query.end()), true);
        }
    }

    private void answer(NetworkMessage.Response response) {
        OpenQueries.OpenQuery query = exchange.queries().find(face, response.number());
        if (query == null) {
            // Over, or never asked of this face.
            return;
        }
        WireExpression key = response.key();
        if (key.scope() != 0 || !key.suffix().isEmpty() || response.answer() instanceof Answer.Reply) {
            KeyExpression resolved = keys.resolve(key);
            if (resolved == null) {
                return;
            }
            key = WireExpression.of(resolved.toString());
        }
        NetworkMessage.Response forward = new NetworkMessage.Response(
                query.number(), key, query.quality(), response.timestamp(), response.responder(), response.answer());
        query.asker().send(Outgoing.of(forward), true);
    }

    private void finish(int number) {
        end(exchange.queries().finish(face, number));
    }

    @Override
    public void closed(TransportEnd end) {
        try {
            exchange.leave(face, end);
        } finally {
            ended.countDown();
        }
    }
}
