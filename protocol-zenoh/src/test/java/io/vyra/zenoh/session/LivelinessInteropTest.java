package io.vyra.zenoh.session;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens between this session and sessions of the reference implementation. */
class LivelinessInteropTest {
    private static PythonPeer router;
    private static PythonPeer peer;
    private ZenohSession session;

    @BeforeAll
    static void start() throws Exception {
        router = PythonPeer.router();
        peer = PythonPeer.client(router.endpoint());
    }

    @AfterAll
    static void stop() {
        peer.close();
        router.close();
    }

    @BeforeEach
    void open() throws Exception {
        session = ZenohSession.open(SessionSettings.client(router.endpoint()), Duration.ofSeconds(40));
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldSeeTokensComeAndGo() {
        peer.tell("token", "early", "alive/early");
        Recorder recorder = new Recorder();
        session.declareLivelinessSubscriber(KeyExpression.of("alive/*"), true, recorder);
        recorder.awaitChanges("PUT alive/early");

        peer.tell("token", "late", "alive/late");
        peer.tell("undeclare", "early");
        peer.tell("undeclare", "late");

        recorder.awaitChanges("PUT alive/early", "PUT alive/late", "DELETE alive/early", "DELETE alive/late");
    }

    @Test
    void shouldSeeOnlyWhatIsNewWithoutHistory() {
        peer.tell("token", "old", "news/old");
        await().until(() -> !session.livelinessGet(KeyExpression.of("news/old"), Duration.ofSeconds(40))
                .isEmpty());
        Recorder recorder = new Recorder();
        session.declareLivelinessSubscriber(KeyExpression.of("news/*"), false, recorder);
        assertThat(peer.tell("alive", "news/*")).contains(List.of("alive", "news/old"));

        await().until(() -> {
            peer.tell("token", "new", "news/new");
            boolean isSeen = !recorder.samples().isEmpty();
            peer.tell("undeclare", "new");
            return isSeen;
        });
        peer.tell("undeclare", "old");

        await().untilAsserted(() -> assertThat(recorder.changes()).contains("DELETE news/new", "DELETE news/old"));
        assertThat(recorder.changes()).doesNotContain("PUT news/old");
    }

    @Test
    void shouldSeeTheTokenOfAKilledProcessGo() throws Exception {
        Recorder recorder = new Recorder();
        session.declareLivelinessSubscriber(KeyExpression.of("killed/*"), true, recorder);
        try (PythonPeer victim = PythonPeer.client(router.endpoint())) {
            victim.tell("token", "victim", "killed/victim");
            recorder.awaitChanges("PUT killed/victim");

            victim.kill();

            recorder.awaitChanges("PUT killed/victim", "DELETE killed/victim");
        }
    }

    @Test
    void shouldBeSeenComingAndGoing() throws Exception {
        peer.tell("watch", "ours", "ours/*");

        LivelinessToken token = session.declareToken(KeyExpression.of("ours/closed"));
        peer.awaitEvents("token", "ours", 1);
        token.close();
        peer.awaitEvents("token", "ours", 2);
        ZenohSession other = ZenohSession.open(SessionSettings.client(router.endpoint()), Duration.ofSeconds(40));
        other.declareToken(KeyExpression.of("ours/session"));
        peer.awaitEvents("token", "ours", 3);
        other.close();

        assertThat(peer.awaitEvents("token", "ours", 4))
                .extracting(event -> event.get(2) + " " + event.get(3))
                .containsExactly("PUT ours/closed", "DELETE ours/closed", "PUT ours/session", "DELETE ours/session");
    }

    @Test
    void shouldAskForTokens() throws Exception {
        peer.tell("token", "one", "ask/one");
        peer.tell("token", "two", "ask/two");
        session.declareToken(KeyExpression.of("ask/own"));
        await().untilAsserted(() -> assertThat(peer.tell("alive", "ask/*")).contains(List.of("alive", "ask/own")));

        Set<KeyExpression> all = session.livelinessGet(KeyExpression.of("ask/*"), Duration.ofSeconds(40));
        Set<KeyExpression> none = session.livelinessGet(KeyExpression.of("ask/other/*"), Duration.ofSeconds(40));

        assertThat(all)
                .containsExactlyInAnyOrder(
                        KeyExpression.of("ask/one"), KeyExpression.of("ask/two"), KeyExpression.of("ask/own"));
        assertThat(none).isEmpty();
        peer.tell("undeclare", "one");
        peer.tell("undeclare", "two");
    }

    @Test
    void shouldSeeItsOwnTokens() {
        Recorder recorder = new Recorder();
        session.declareLivelinessSubscriber(KeyExpression.of("mirror/*"), true, recorder);

        LivelinessToken first = session.declareToken(KeyExpression.of("mirror/a"));
        LivelinessToken second = session.declareToken(KeyExpression.of("mirror/a"));
        recorder.awaitChanges("PUT mirror/a");
        first.close();
        second.close();

        recorder.awaitChanges("PUT mirror/a", "DELETE mirror/a");
    }
}
