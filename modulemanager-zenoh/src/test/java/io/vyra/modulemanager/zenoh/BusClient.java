package io.vyra.modulemanager.zenoh;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.Credentials;
import io.vyra.zenoh.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Somebody on the bus who asks the manager. */
final class BusClient implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final ZenohSession session;
    private final String manager;

    /** @param isProblem whether the body says why there is no answer */
    record Answer(boolean isProblem, JsonNode body) {
        String code() {
            return isProblem ? body.path("code").asText() : "";
        }
    }

    private BusClient(ZenohSession session, String manager) {
        this.session = session;
        this.manager = manager;
    }

    static BusClient connect(SessionSettings settings, Robot robot) throws IOException, InterruptedException {
        return new BusClient(
                ZenohSession.open(settings, Robot.PATIENCE),
                robot.manager().self().toString());
    }

    static BusClient as(String user, String password, Endpoint endpoint, Robot robot)
            throws IOException, InterruptedException {
        return connect(SessionSettings.client(endpoint).withCredentials(new Credentials(user, password)), robot);
    }

    ZenohSession session() {
        return session;
    }

    /** Asks until there is an answer: what the manager declares takes a moment to be known. */
    Answer ask(String path, String payload) {
        QueryOptions options = QueryOptions.DEFAULT.withTimeout(ANSWER).withPayload(Bytes.of(payload), Encoding.JSON);
        Optional<Reply> reply = await("an answer to " + path)
                .atMost(Robot.PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> session.get(manager + "/api/" + path, options).first(), Optional::isPresent);
        return switch (reply.orElseThrow()) {
            case Reply.Success success ->
                new Answer(false, parsed(success.sample().payload()));
            case Reply.Failure failure -> new Answer(true, parsed(failure.payload()));
        };
    }

    private static JsonNode parsed(Bytes payload) {
        try {
            return new ObjectMapper().readTree(payload.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
