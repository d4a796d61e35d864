package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.peer.Payloads;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** This router as a client of one of the reference implementation, with clients of both kinds on both sides. */
class UpstreamInteropTest {

    @Test
    void shouldCarryEverythingBothWays() throws Exception {
        try (PythonPeer upstream = PythonPeer.router();
                ZenohRouter router = chained(upstream.endpoint());
                PythonPeer above = PythonPeer.client(upstream.endpoint());
                PythonPeer below = PythonPeer.client(TestRouters.endpoint(router));
                ZenohSession ours = TestRouters.connect(router)) {
            awaitUpstream(router);
            Recorder recorder = new Recorder();
            above.tell("subscribe", "s", "up/**");
            below.tell("subscribe", "s", "down/**");
            ours.declareSubscriber("down/**", recorder);
            above.tell("queryable", "q", "up/service/**", "several");
            above.tell("queryable", "e", "up/echo", "echo");
            below.tell("queryable", "q", "down/service", "echo");
            awaitBelow(router, 2, 1);
            above.awaitSubscribers("down/a");
            above.awaitQueryables("down/service");
            below.awaitSubscribers("up/a");
            below.awaitQueryables("up/service/**");
            below.awaitQueryables("up/echo");

            below.tell("put", "up/a", "size:100000", "text/plain", "along");
            ours.put(KeyExpression.of("up/b"), Payloads.counting(10_000_000), PublishOptions.DEFAULT.blocking());
            above.tell("put", "down/a", "size:1000000", "text/plain", "back");
            List<List<String>> fromBelow = above.tell("get", "down/service", "text:down");
            List<List<String>> answer = below.tell("get", "up/echo", "text:question", "along");
            List<List<String>> answers = below.tell("get", "up/service/**", "-", "-", "ALL", "NONE");
            List<Reply> ourAnswers = ours.get(
                            "up/echo", QueryOptions.DEFAULT.withPayload(Bytes.of("ours"), Encoding.JSON))
                    .all();

            assertThat(above.awaitEvents("sample", "s", 2))
                    .extracting(event -> event.get(3) + " " + event.get(4) + " " + event.get(6))
                    .containsExactly(
                            "up/a " + Payloads.described(Payloads.counting(100_000)) + " along",
                            "up/b " + Payloads.described(Payloads.counting(10_000_000)) + " -");
            assertThat(below.awaitEvents("sample", "s", 1).getFirst())
                    .contains("down/a", Payloads.described(Payloads.counting(1_000_000)), "back");
            recorder.awaitChanges("PUT down/a");
            assertThat(answer).contains(List.of("reply", "PUT", "up/echo", "text:question", "zenoh/bytes", "along"));
            assertThat(fromBelow).contains(List.of("reply", "PUT", "down/service", "text:down", "zenoh/bytes", "-"));
            assertThat(replies(answers)).isEqualTo(5);
            assertThat(ourAnswers).singleElement().isInstanceOf(Reply.Success.class);
        }
    }

    @Test
    void shouldReportTokensBothWays() throws Exception {
        try (PythonPeer upstream = PythonPeer.router();
                ZenohRouter router = chained(upstream.endpoint());
                PythonPeer above = PythonPeer.client(upstream.endpoint());
                PythonPeer below = PythonPeer.client(TestRouters.endpoint(router));
                PythonPeer victim = PythonPeer.client(TestRouters.endpoint(router))) {
            awaitUpstream(router);
            above.tell("watch", "w", "alive/*");
            below.tell("watch", "w", "alive/*");

            above.tell("token", "t", "alive/above");
            awaitToken(below, "PUT alive/above");
            victim.tell("token", "t", "alive/below");
            awaitToken(above, "PUT alive/below");
            awaitToken(below, "PUT alive/below");
            List<List<String>> seenAbove = above.tell("alive", "alive/*");
            List<List<String>> seenBelow = below.tell("alive", "alive/*");
            victim.kill();
            awaitToken(above, "DELETE alive/below");
            awaitToken(below, "DELETE alive/below");
            above.tell("undeclare", "t");

            // The reference router may report a session's own token to it twice.
            assertThat(awaitToken(above, "DELETE alive/above").stream().distinct())
                    .containsExactly("PUT alive/above", "PUT alive/below", "DELETE alive/below", "DELETE alive/above");
            assertThat(awaitToken(below, "DELETE alive/above"))
                    .containsExactly("PUT alive/above", "PUT alive/below", "DELETE alive/below", "DELETE alive/above");
            assertThat(seenAbove).contains(List.of("alive", "alive/above"), List.of("alive", "alive/below"));
            assertThat(seenBelow).contains(List.of("alive", "alive/above"), List.of("alive", "alive/below"));
        }
    }

    @Test
    void shouldDeclareEverythingAnewWhenTheUpstreamRouterComesBack() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();
        PythonPeer upstream = PythonPeer.router(endpoint, Map.of());
        try (ZenohRouter router = chained(endpoint);
                ZenohSession ours = TestRouters.connect(router);
                ZenohSession local = TestRouters.attach(router)) {
            awaitUpstream(router);
            Recorder recorder = new Recorder();
            Recorder tokens = new Recorder();
            ours.declareSubscriber("back/a", recorder);
            ours.declareQueryable("back/service", query -> query.reply(Bytes.of("there")));
            ours.declareToken(KeyExpression.of("back/alive/ours"));
            local.declareLivelinessSubscriber(KeyExpression.of("back/alive/*"), true, tokens);
            upstream.tell("token", "t", "back/alive/upstream");
            await().untilAsserted(() -> assertThat(tokens.changes())
                    .containsExactlyInAnyOrder("PUT back/alive/ours", "PUT back/alive/upstream"));

            upstream.kill();
            await().untilAsserted(() -> assertThat(tokens.changes()).last().isEqualTo("DELETE back/alive/upstream"));
            assertThat(ours.get("back/service", QueryOptions.DEFAULT).all())
                    .as("without it")
                    .hasSize(1);
            upstream = PythonPeer.router(endpoint, Map.of());

            PythonPeer revived = upstream;
            await().until(() -> replies(revived.tell("get", "back/service")) == 1);
            revived.tell("put", "back/a", "text:x");
            recorder.await(1);
            assertThat(revived.tell("alive", "back/alive/*")).contains(List.of("alive", "back/alive/ours"));
            assertThat(tokens.changes())
                    .containsExactlyInAnyOrder(
                            "PUT back/alive/ours", "PUT back/alive/upstream", "DELETE back/alive/upstream");
            assertThat(router.counters().upstreamConnections()).isEqualTo(2);
        } finally {
            upstream.close();
        }
    }

    @Test
    void shouldSendUpwardsOnlyWhatSomebodyThereWants() throws Exception {
        try (PythonPeer upstream = PythonPeer.router();
                ZenohRouter router = chained(upstream.endpoint());
                PythonPeer below = PythonPeer.client(TestRouters.endpoint(router));
                ZenohSession ours = TestRouters.connect(router)) {
            awaitUpstream(router);
            upstream.tell("subscribe", "s", "wanted/*");
            below.awaitSubscribers("wanted/a");

            ours.put(KeyExpression.of("unwanted/a"), Bytes.EMPTY, PublishOptions.DEFAULT.blocking());
            ours.put(KeyExpression.of("wanted/a"), Bytes.EMPTY, PublishOptions.DEFAULT.blocking());

            upstream.awaitEvents("sample", "s", 1);
            assertThat(router.counters().publications()).isEqualTo(2);
            // Counted once it is on its way.
            await().untilAsserted(
                            () -> assertThat(router.counters().deliveries()).isEqualTo(1));
        }
    }

    @Test
    void shouldRefuseTwoRoutersThatAreEachOthersUpstream() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();
        try (ZenohRouter first = chained(endpoint)) {
            RouterSettings settings = RouterSettings.of(RouterListenerSettings.open(endpoint));
            try (ZenohRouter second = ZenohRouter.open(settings, RouterListener.NONE)) {
                awaitUpstream(first);
                UpstreamSettings looping = UpstreamSettings.of(TestRouters.endpoint(first));

                try (ZenohRouter third = ZenohRouter.open(
                        new RouterSettings(
                                List.of(),
                                looping.withRetries(Duration.ofMillis(10), Duration.ofMillis(10)),
                                settings.rules(),
                                settings.limits(),
                                settings.transport(),
                                settings.blockingTimeout(),
                                settings.queryTimeout()),
                        RouterListener.NONE)) {
                    await().until(() -> first.counters().refusedConnections() > 2);
                    assertThat(third.counters().isUpstreamConnected()).isFalse();
                }
                assertThat(first.counters().isUpstreamConnected()).isTrue();
            }
        }
    }

    private static ZenohRouter chained(Endpoint upstream) throws Exception {
        return ZenohRouter.open(
                TestRouters.settings()
                        .withUpstream(UpstreamSettings.of(upstream)
                                .withRetries(Duration.ofMillis(50), Duration.ofMillis(200))),
                RouterListener.NONE);
    }

    private static void awaitUpstream(ZenohRouter router) {
        await().until(() -> router.counters().isUpstreamConnected());
    }

    private static long replies(List<List<String>> events) {
        return events.stream().filter(event -> event.getFirst().equals("reply")).count();
    }

    /** The clients of this router have declared that many; others are behind the upstream one. */
    private static void awaitBelow(ZenohRouter router, int subscribers, int queryables) {
        await().until(() -> {
            List<FaceStatus> clients = router.faces().stream()
                    .filter(face -> !(face.identity() instanceof FaceIdentity.Upstream))
                    .toList();
            return clients.stream().mapToInt(FaceStatus::subscribers).sum() == subscribers
                    && clients.stream().mapToInt(FaceStatus::queryables).sum() == queryables;
        });
    }

    /** Waits until a peer heard of a token; all that it heard by then. */
    private static List<String> awaitToken(PythonPeer peer, String event) {
        return await().until(() -> tokens(peer), seen -> seen.contains(event));
    }

    private static List<String> tokens(PythonPeer peer) {
        return peer.awaitEvents("token", "w", 0).stream()
                .map(token -> token.get(2) + " " + token.get(3))
                .toList();
    }
}
