package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.peer.Zenohd;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The router program of the reference implementation: between two sessions of this library, and upstream of this router. */
@Tag("slow")
class ZenohdInteropTest {
    @Test
    void shouldConnectTwoOfOurSessions() throws Exception {
        try (Zenohd zenohd = Zenohd.start();
                ZenohSession one = ZenohSession.open(SessionSettings.client(zenohd.endpoint()), TestRouters.PATIENCE);
                ZenohSession other =
                        ZenohSession.open(SessionSettings.client(zenohd.endpoint()), TestRouters.PATIENCE)) {
            assertTalks(one, other);
        }
    }

    @Test
    void shouldBeOurUpstreamRouter() throws Exception {
        try (Zenohd zenohd = Zenohd.start();
                ZenohRouter router = ZenohRouter.open(
                        TestRouters.settings().withUpstream(UpstreamSettings.of(zenohd.endpoint())),
                        RouterListener.NONE);
                ZenohSession below = TestRouters.connect(router);
                ZenohSession above =
                        ZenohSession.open(SessionSettings.client(zenohd.endpoint()), TestRouters.PATIENCE);
                PythonPeer python = PythonPeer.client(zenohd.endpoint())) {
            await().until(() -> router.counters().isUpstreamConnected());
            assertTalks(below, above);
            assertTalks(above, below);
            below.declareToken(KeyExpression.of("zenohd/alive/below"));
            await().untilAsserted(() -> assertThat(python.tell("alive", "zenohd/alive/*"))
                    .contains(List.of("alive", "zenohd/alive/below")));
        }
    }

    private static void assertTalks(ZenohSession one, ZenohSession other) throws Exception {
        Recorder recorder = new Recorder();
        try (var subscriber = other.declareSubscriber("zenohd/data", recorder);
                var queryable = other.declareQueryable("zenohd/service", query -> query.reply(Bytes.of("there")))) {
            await().until(() -> {
                one.put(
                        KeyExpression.of(subscriber.key().toString()),
                        Bytes.of("x"),
                        PublishOptions.DEFAULT.blocking());
                return !recorder.samples().isEmpty();
            });
            assertThat(queryable.key()).hasToString("zenohd/service");
            await().until(() ->
                    one.get("zenohd/service", QueryOptions.DEFAULT).all().size() == 1);
        }
    }
}
