package io.vyra.modulemanager.zenoh.suspension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.session.SessionListener;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a session that hears only itself. */
class ActionProgressTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<ObjectNode> told = new CopyOnWriteArrayList<>();
    private final Refusals refusals = new Refusals(Clock.systemUTC());
    private final ActionProgress progress = new ActionProgress(new JsonPayloads(1_000), refusals, told::add);
    private ZenohSession session;

    @BeforeEach
    void open() {
        session = ZenohSession.start(SessionSettings.client(Endpoint.parse("tcp/127.0.0.1:1")), SessionListener.NONE);
        session.declareSubscriber("arm/act/*/*", progress::take);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void shouldKeepAResultThatComesBeforeItIsAskedFor() throws Exception {
        session.put("arm/act/other/result", Bytes.of("{\"success\":false}"));
        session.put("arm/act/one/feedback", Bytes.of("{\"percent\":50}"));
        session.put("arm/act/one/result", Bytes.of("{\"success\":true}"));
        await().atMost(LONG).until(() -> !told.isEmpty());

        assertThat(progress.await("one", LONG, LONG)
                        .orElseThrow()
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(told).singleElement().hasToString("{\"percent\":50}");
    }

    @Test
    void shouldGiveUpInTheEndHoweverMuchIsHeard() throws Exception {
        session.put("arm/act/one/feedback", Bytes.of("{}"));

        assertThat(progress.await("one", LONG, Duration.ofMillis(200))).isEmpty();
        assertThat(progress.await("none", Duration.ofMillis(200), LONG)).isEmpty();
    }

    @Test
    void shouldCountWhatIsNoResult() {
        session.put("arm/act/one/result", Bytes.of("nonsense"));
        session.put("arm/act/one/started", Bytes.of("nonsense"));
        session.put("arm/act/one/feedback", Bytes.of("[]"));

        await().atMost(LONG).until(() -> refusals.count() == 2);
        assertThat(told).isEmpty();
    }
}
