package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.Publisher;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** This router goes away and comes back while clients of both kinds publish. */
class RestartInteropTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void shouldKnowEverythingAnewAndNothingStale() throws Exception {
        Endpoint endpoint = PythonPeer.freeEndpoint();
        RouterSettings settings = RouterSettings.of(RouterListenerSettings.open(endpoint));
        ZenohRouter router = ZenohRouter.open(settings, RouterListener.NONE);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Recorder recorder = new Recorder();
        Recorder tokens = new Recorder();
        // The reference implementation waits up to 4 s before it connects again.
        try (PythonPeer python = PythonPeer.client(endpoint, Map.of());
                PythonPeer mortal = PythonPeer.client(endpoint, Map.of());
                ZenohSession ours = ZenohSession.open(
                        SessionSettings.client(endpoint).withRetries(Duration.ofMillis(50), Duration.ofMillis(200)),
                        PATIENCE);
                Publisher publisher = ours.declarePublisher(KeyExpression.of("restart/ours"), PublishOptions.DEFAULT)) {
            ours.declareSubscriber("restart/python", recorder);
            ours.declareQueryable("restart/service", query -> query.reply(Bytes.of("there")));
            ours.declareLivelinessSubscriber(KeyExpression.of("restart/alive/*"), true, tokens);
            python.tell("subscribe", "s", "restart/ours");
            python.tell("token", "t", "restart/alive/python");
            mortal.tell("token", "t", "restart/alive/mortal");
            await().until(() -> tokens.samples().size() == 2);
            Thread publishing = Thread.ofVirtual().start(() -> {
                while (goesOn.get()) {
                    publisher.put(Bytes.of("x"));
                    // A thousand a second at most: the other side writes a line for each.
                    LockSupport.parkNanos(1_000_000);
                }
            });
            python.awaitEvents("sample", "s", 10);

            router.close();
            mortal.kill();
            await().until(() -> tokens.changes().contains("DELETE restart/alive/python"));
            int before = python.events("sample", "s").size();
            router = ZenohRouter.open(settings, RouterListener.NONE);

            python.awaitEvents("sample", "s", before + 10);
            goesOn.set(false);
            publishing.join();
            python.awaitQueryables("restart/service");
            python.awaitSubscribers("restart/python");
            python.tell("put", "restart/python", "text:again");
            recorder.await(1);
            assertThat(python.tell("get", "restart/service"))
                    .contains(List.of("reply", "PUT", "restart/service", "text:there", "zenoh/bytes", "-"));
            assertThat(python.tell("alive", "restart/alive/*"))
                    .filteredOn(event -> event.getFirst().equals("alive"))
                    .containsOnly(List.of("alive", "restart/alive/python"));
            await().untilAsserted(() -> assertThat(tokens.changes()).last().isEqualTo("PUT restart/alive/python"));
            assertThat(tokens.changes().stream().filter("PUT restart/alive/mortal"::equals))
                    .hasSize(1);
        } finally {
            goesOn.set(false);
            router.close();
        }
    }
}
