package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.peer.FaultProxy;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.peer.RecordingClient;
import io.vyra.zenoh.session.IncomingQuery;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Publisher;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Replies;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.HandshakeException;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.transport.TransportSettings;
import io.vyra.zenoh.wire.Bytes;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faces that flood, stall, lie or send nonsense: they lose, and nobody else does. */
class HostileFaceTest {
    private static final RouterLimits LIMITS = new RouterLimits(4, 100, 100_000, 1000, 10, 10_000);

    private final List<String> limits = new CopyOnWriteArrayList<>();
    private final List<TransportEnd> ends = new CopyOnWriteArrayList<>();
    private ZenohRouter router;
    private ZenohSession good;
    private ZenohSession local;
    private Recorder recorder;

    @BeforeEach
    void start() throws Exception {
        RouterListener listener = new RouterListener() {
            @Override
            public void limitReached(FaceStatus face, String limit) {
                limits.add(limit);
            }

            @Override
            public void faceClosed(FaceStatus face, TransportEnd end) {
                ends.add(end);
            }
        };
        router = ZenohRouter.open(
                TestRouters.settings().withLimits(LIMITS).withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(60)),
                listener);
        good = TestRouters.connect(router);
        local = TestRouters.attach(router);
        recorder = new Recorder();
        local.declareSubscriber("good/**", recorder);
        await().until(() -> router.faces().stream().anyMatch(face -> face.subscribers() == 1));
    }

    @AfterEach
    void stop() {
        good.close();
        local.close();
        router.close();
    }

    @Test
    void shouldIgnoreMoreDeclarationsThanAFaceMayHave() throws Exception {
        try (RecordingClient flooding = new RecordingClient(TestRouters.endpoint(router))) {
            for (int i = 0; i < 150; i++) {
                flooding.declare(new Declaration.SubscriberDeclared(i, WireExpression.of("flood/" + i)));
            }
            await().until(() -> router.counters().limitedDeclarations() == 50);
            assertThat(limits).containsExactly("declarationsPerFace, declaredBytesPerFace");

            // What is taken back makes room.
            flooding.declare(new Declaration.SubscriberUndeclared(0, WireExpression.NONE));
            flooding.declare(new Declaration.TokenDeclared(1, WireExpression.of("flood/token")));

            await().until(() -> router.faces().stream().anyMatch(face -> face.tokens() == 1));
            assertThat(flooding.isOpen()).isTrue();
            assertOthersGoOn();
        }
    }

    @Test
    void shouldCountWhatNumberedKeyExpressionsStandFor() throws Exception {
        try (RecordingClient flooding = new RecordingClient(TestRouters.endpoint(router))) {
            flooding.declare(new Declaration.KeyExpressionDeclared(1, WireExpression.of("k".repeat(40_000))));
            for (int number = 2; number < 10; number++) {
                flooding.declare(
                        new Declaration.KeyExpressionDeclared(number, new WireExpression(1, "/" + number, true)));
            }

            await().until(() -> router.counters().limitedDeclarations() == 7);
            assertThat(flooding.isOpen()).isTrue();
            assertOthersGoOn();
        }
    }

    @Test
    void shouldRefuseMoreQueriesThanAFaceMayHaveOpen() throws Exception {
        local.declareQueryable("slow", IncomingQuery::defer);
        await().until(() -> router.faces().stream().anyMatch(face -> face.queryables() == 1));
        List<Replies> open = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(good.get("slow", QueryOptions.DEFAULT));
        }

        List<Reply> eleventh = good.get("slow", QueryOptions.DEFAULT).all();

        assertThat(eleventh).singleElement().isInstanceOf(Reply.Failure.class);
        assertThat(router.counters().refusedQueries()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(limits).containsExactly("openQueriesPerFace"));
        open.forEach(Replies::close);
    }

    @Test
    void shouldRefuseMoreFacesThanMayBeConnected() throws Exception {
        Endpoint endpoint = TestRouters.endpoint(router);
        try (RecordingClient second = new RecordingClient(endpoint);
                RecordingClient third = new RecordingClient(endpoint);
                RecordingClient fourth = new RecordingClient(endpoint)) {
            declareTokens(second, third, fourth);

            assertThatThrownBy(() -> new RecordingClient(endpoint))
                    .isInstanceOfSatisfying(
                            HandshakeException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(CloseReason.MAX_SESSIONS));

            assertThat(List.of(second.isOpen(), third.isOpen(), fourth.isOpen()))
                    .containsOnly(true);
            assertOthersGoOn();
        }
    }

    @Test
    void shouldRefuseWhoIsNoClient() {
        for (WhatAmI role : List.of(WhatAmI.PEER, WhatAmI.ROUTER)) {
            assertThatThrownBy(() -> new RecordingClient(
                            TestRouters.endpoint(router), TransportSettings.of(ZenohId.random(), role)))
                    .isInstanceOfSatisfying(
                            HandshakeException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(CloseReason.UNSUPPORTED));
        }
    }

    @Test
    void shouldRefuseANodeThatIsConnectedUntilItsOlderConnectionIsGone() throws Exception {
        Endpoint endpoint = TestRouters.endpoint(router);
        TransportSettings node = TransportSettings.of(ZenohId.random(), WhatAmI.CLIENT);
        RecordingClient older = new RecordingClient(endpoint, node);
        declareTokens(older);

        assertThatThrownBy(() -> new RecordingClient(endpoint, node))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(CloseReason.MAX_LINKS));
        assertThat(older.isOpen()).isTrue();
        older.close();
        await().until(() ->
                router.faces().stream().noneMatch(face -> face.node().equals(node.node())));

        try (RecordingClient newer = new RecordingClient(endpoint, node)) {
            assertThat(newer.isOpen()).isTrue();
            assertThat(router.faces()).allMatch(face -> face.tokens() == 0);
        }
    }

    @Test
    void shouldEndOnlyTheSessionOfWhoSendsNonsense() throws Exception {
        Endpoint endpoint = TestRouters.endpoint(router);
        try (RecordingClient bad = new RecordingClient(endpoint);
                Socket silent = new Socket(endpoint.host(), endpoint.port());
                Socket noise = new Socket(endpoint.host(), endpoint.port())) {
            noise.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            bad.declare(new Declaration.TokenDeclared(1, WireExpression.of("good/bad")));
            bad.declare(new Declaration.SubscriberDeclared(2, WireExpression.of("a//b")));

            assertThat(bad.awaitEnd()).isInstanceOf(TransportEnd.ClosedByPeer.class);
            await().until(() -> router.faces().stream().noneMatch(face -> face.tokens() > 0));
            assertThat(silent.isConnected()).isTrue();
            assertOthersGoOn();
        }
    }

    @Test
    void shouldDropForAStalledReaderAndHoldUpNobody() throws Exception {
        try (FaultProxy proxy = new FaultProxy(TestRouters.endpoint(router));
                ZenohSession stalled =
                        ZenohSession.open(SessionSettings.client(proxy.endpoint()), TestRouters.PATIENCE)) {
            stalled.declareSubscriber("good/**", _ -> {});
            await().until(() ->
                    router.faces().stream().mapToInt(FaceStatus::subscribers).sum() == 2);
            proxy.stall(false, true);
            Bytes large = Bytes.wrap(new byte[60_000]);

            for (int i = 0; i < 2000; i++) {
                good.put(KeyExpression.of("good/data"), large, PublishOptions.DEFAULT);
            }

            await().until(() -> router.counters().droppedPublications() > 0);
            assertThat(router.counters().stalledFaces()).isZero();
            assertOthersGoOn();
        }
    }

    @Test
    void shouldCloseAStalledReaderOfWhatMustNotBeDropped() throws Exception {
        try (FaultProxy proxy = new FaultProxy(TestRouters.endpoint(router));
                ZenohSession stalled = ZenohSession.open(
                        SessionSettings.client(proxy.endpoint())
                                .withRetries(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                        TestRouters.PATIENCE);
                Publisher publisher =
                        good.declarePublisher(KeyExpression.of("good/data"), PublishOptions.DEFAULT.blocking())) {
            stalled.declareSubscriber("good/**", _ -> {});
            await().until(() ->
                    router.faces().stream().mapToInt(FaceStatus::subscribers).sum() == 2);
            proxy.stall(false, true);
            Bytes large = Bytes.wrap(new byte[60_000]);

            // As fast as it goes: the face that reads nothing gives up by itself when its lease is over.
            long end = System.nanoTime() + TestRouters.PATIENCE.toNanos();
            while (router.counters().stalledFaces() == 0 && System.nanoTime() < end) {
                publisher.put(large);
            }
            await().until(() -> router.counters().stalledFaces() == 1);

            await().until(() -> ends.contains(new TransportEnd.ClosedHere(CloseReason.UNRESPONSIVE)));
            assertThat(router.faces()).noneMatch(face -> face.node().equals(stalled.id()));
            assertOthersGoOn();
        }
    }

    @Test
    void shouldCloseWhoAsksForMoreThanItReads() throws Exception {
        try (FaultProxy proxy = new FaultProxy(TestRouters.endpoint(router));
                RecordingClient greedy = new RecordingClient(proxy.endpoint())) {
            for (int i = 0; i < 50; i++) {
                local.declareToken(KeyExpression.of("many/" + "x".repeat(1000) + i));
            }
            await().until(() -> router.faces().stream().anyMatch(face -> face.tokens() == 50));
            proxy.stall(false, true);

            for (int i = 0; i < 5000 && router.counters().stalledFaces() == 0; i++) {
                greedy.ask(i, InterestMode.CURRENT, InterestSubject.TOKENS, "**");
            }

            await().until(() -> router.counters().stalledFaces() == 1);
            assertOthersGoOn();
        }
    }

    /**
     * Gives each client a token, and waits until the router has them all. A handshake ends before the face is there: a client that comes
     * in between is let in and closed then, not refused.
     */
    private void declareTokens(RecordingClient... clients) {
        for (RecordingClient client : clients) {
            client.declare(new Declaration.TokenDeclared(1, WireExpression.of("mine")));
        }
        await().until(() -> router.faces().stream().mapToInt(FaceStatus::tokens).sum() == clients.length);
    }

    private void assertOthersGoOn() {
        int before = recorder.samples().size();
        await().until(() -> {
            good.put(KeyExpression.of("good/after"), Bytes.of("there"), PublishOptions.DEFAULT.blocking());
            return recorder.samples().size() > before;
        });
        assertThat(good.counters().connections()).isEqualTo(1);
    }
}
