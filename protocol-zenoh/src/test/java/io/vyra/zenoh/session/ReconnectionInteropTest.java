package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.transport.TransportEnd;
import io.vyra.zenoh.wire.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A router that goes away and comes back. */
class ReconnectionInteropTest {
    @Test
    void shouldDeclareEverythingAnewWhenTheRouterRestartsWhilePublishing() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();
        PythonPeer router = PythonPeer.router(endpoint, Map.of());
        Recorder recorder = new Recorder();
        Recorder tokens = new Recorder();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        AtomicInteger published = new AtomicInteger();
        List<TransportEnd> ends = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void disconnected(TransportEnd end) {
                ends.add(end);
            }
        };
        try (ZenohSession session = ZenohSession.start(SessionSettings.client(endpoint), listener);
                Publisher publisher = session.declarePublisher(
                        KeyExpression.of("restart/published"), PublishOptions.DEFAULT.blocking())) {
            assertThat(session.awaitConnection(Duration.ofSeconds(40))).isTrue();
            session.declareSubscriber("restart/back", recorder);
            session.declareQueryable("restart/service", query -> query.reply(Bytes.of("still there")));
            session.declareToken(KeyExpression.of("restart/alive/own"));
            session.declareLivelinessSubscriber(KeyExpression.of("restart/alive/*"), true, tokens);
            router.tell("token", "mortal", "restart/alive/mortal");
            await().untilAsserted(() -> assertThat(tokens.changes())
                    .containsExactlyInAnyOrder("PUT restart/alive/own", "PUT restart/alive/mortal"));
            Thread publishing = Thread.ofVirtual().start(() -> {
                while (goesOn.get()) {
                    publisher.put(Bytes.of("n" + published.incrementAndGet()));
                }
            });

            router.kill();
            await().untilAsserted(() -> assertThat(tokens.changes()).contains("DELETE restart/alive/mortal"));
            int before = published.get();
            router = PythonPeer.router(endpoint, Map.of());

            PythonPeer revived = router;
            revived.tell("subscribe", "s", "restart/published");
            revived.awaitEvents("sample", "s", 10);
            goesOn.set(false);
            publishing.join();
            revived.tell("undeclare", "s");
            await().untilAsserted(() -> {
                revived.tell("put", "restart/back", "text:hello");
                assertThat(recorder.samples()).isNotEmpty();
            });
            assertThat(revived.tell("get", "restart/service"))
                    .contains(List.of("reply", "PUT", "restart/service", "text:still there", "zenoh/bytes", "-"));
            assertThat(revived.tell("alive", "restart/alive/*"))
                    .filteredOn(event -> event.getFirst().equals("alive"))
                    .containsExactly(List.of("alive", "restart/alive/own"));
            assertThat(session.livelinessGet(KeyExpression.of("restart/alive/*"), Duration.ofSeconds(40)))
                    .containsExactly(KeyExpression.of("restart/alive/own"));
            await().untilAsserted(() -> assertThat(tokens.changes())
                    .as("with connections that ended so: %s", ends)
                    .containsExactlyInAnyOrder(
                            "PUT restart/alive/own",
                            "PUT restart/alive/mortal",
                            "DELETE restart/alive/own",
                            "DELETE restart/alive/mortal",
                            "PUT restart/alive/own"));
            assertThat(published.get()).isGreaterThan(before);
            assertThat(session.counters().connections()).isEqualTo(2);
        } finally {
            goesOn.set(false);
            router.close();
        }
    }

    @Test
    void shouldEndQueriesAndSayThatTheConnectionWasLost() throws Exception {
        PythonPeer router = PythonPeer.router();
        try (ZenohSession session =
                ZenohSession.open(SessionSettings.client(router.endpoint()), Duration.ofSeconds(40))) {
            session.declareQueryable("lost/service", IncomingQuery::defer);
            Replies replies = session.get("lost/service", QueryOptions.DEFAULT.withPayload(Bytes.EMPTY, Encoding.JSON));

            router.kill();

            assertThat(replies.all()).isEmpty();
            assertThat(replies.end()).contains(Replies.End.CONNECTION_LOST);
            await().until(() -> !session.counters().isConnected());
            assertThat(session.put("lost/a", Bytes.EMPTY)).isFalse();
            assertThat(session.counters().droppedOutgoing()).isEqualTo(1);
        } finally {
            router.close();
        }
    }

    @Test
    void shouldWaitForARouterThatComesLater() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();
        Recorder recorder = new Recorder();
        try (ZenohSession session = ZenohSession.start(SessionSettings.client(endpoint), SessionListener.NONE)) {
            session.declareSubscriber("later/a", recorder);

            try (PythonPeer router = PythonPeer.router(endpoint, Map.of())) {
                assertThat(session.awaitConnection(Duration.ofSeconds(20))).isTrue();
                await().untilAsserted(() -> {
                    router.tell("put", "later/a", "text:x");
                    assertThat(recorder.samples()).isNotEmpty();
                });
            }
        }
    }

    @Test
    void shouldSayWhyThereIsNoConnection() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();

        await().untilAsserted(() -> assertThatThrownBy(
                        () -> ZenohSession.open(SessionSettings.client(endpoint), Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No Zenoh router was reached at [" + endpoint + "]")
                .hasMessageContaining("Connection refused"));
    }
}
