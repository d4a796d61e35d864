package io.vyra.modulemanager.api.ros;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.Authenticator;
import io.vyra.modulemanager.api.auth.Principal;
import io.vyra.modulemanager.api.event.EventStreams;
import io.vyra.modulemanager.api.event.StreamConnection;
import io.vyra.modulemanager.api.problem.ProblemResponses;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosEcho;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v1/ros/topics/{name}}: what a topic carries, as a stream. As the other streams it is served below the REST layer, where a
 * connection tells when its client has taken what was written: a slow one loses messages, and learns how many.
 */
@Singleton
public class RosRoutes {
    private static final String STREAM = "text/event-stream";
    private static final Buffer COMMENT = Buffer.buffer(":\n\n");
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(10);
    /** How often it is looked whether the session still stands. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final int USUAL_RATE = 10;
    private static final int MOST_RATE = 100;

    private final RobotRos ros;
    private final EventStreams streams;
    private final ProblemResponses problems;
    private final ObjectMapper json;

    public RosRoutes(RobotRos ros, EventStreams streams, ProblemResponses problems, ObjectMapper json) {
        this.ros = ros;
        this.streams = streams;
        this.problems = problems;
        this.json = json;
    }

    void register(@Observes Router router) {
        router.getWithRegex("/api/v1/ros/topics/(?<name>[^/]+)").handler(context -> {
            try {
                echo(context);
            } catch (RuntimeException e) {
                // A request's edge.
                problems.send(e, context);
            }
        });
        router.routeWithRegex("/api/v1/ros/(?:topics|services)/(?<name>[^/]+/.*[^/])")
                .handler(context -> {
                    try {
                        refuseSlashes(context);
                    } catch (RuntimeException e) {
                        // A request's edge.
                        problems.send(e, context);
                    }
                });
    }

    /** What is most easily done wrong in these addresses. */
    private static void refuseSlashes(RoutingContext context) {
        Authenticator.require(context, Role.OPERATOR, Optional.empty());
        String name = context.pathParam("name");
        throw new ProblemException(
                ProblemType.NOT_FOUND,
                "There is nothing at " + context.normalizedPath() + ". The slashes in a name are written %2F: "
                        + name.replace("/", "%2F") + ".");
    }

    private void echo(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        if (accept != null && !accept.contains(STREAM) && !accept.contains("*/*")) {
            throw new ProblemException(ProblemType.NOT_ACCEPTABLE, "A topic is told as text/event-stream only.");
        }
        Principal principal = Authenticator.require(context, Role.OPERATOR, Optional.empty());
        Checks checks = new Checks();
        String topic = RosNames.checked(checks, context.pathParam("name"));
        String type = context.request().getParam("type");
        RosNames.checkType(checks, "?type", type);
        int rate = checks.number("?rate", context.request().getParam("rate"), USUAL_RATE, 1, MOST_RATE);
        RosBridge bridge = ros.require();
        checks.requireNone();
        streams.open(context, principal, connection -> {
            try (RosEcho echo = bridge.echo(topic, Optional.ofNullable(type))) {
                pump(
                        new StreamConnection(connection.response()),
                        principal,
                        echo,
                        Duration.ofSeconds(1).dividedBy(rate));
            }
        });
    }

    /** @param pause between two messages, which is what limits the rate */
    private void pump(StreamConnection connection, Principal principal, RosEcho echo, Duration pause)
            throws InterruptedException {
        boolean going = connection.write(frame("topic", Map.of("type", echo.type())));
        long lastWrite = System.nanoTime();
        while (going && connection.isOpen() && streams.isLive(principal)) {
            Optional<RosEcho.Message> message = echo.next(LOOK_EVERY);
            long dropped = echo.takeDropped();
            if (dropped > 0) {
                going = connection.write(frame("gap", Map.of("dropped", dropped)));
            }
            if (message.isPresent()) {
                going = going && connection.write(frame("message", message.get()));
                lastWrite = System.nanoTime();
                Thread.sleep(pause);
            } else if (System.nanoTime() - lastWrite >= COMMENT_EVERY.toNanos()) {
                going = going && connection.write(COMMENT);
                lastWrite = System.nanoTime();
            }
        }
    }

    private Buffer frame(String name, Object body) {
        try {
            return Buffer.buffer(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8))
                    .appendBytes(json.writeValueAsBytes(body))
                    .appendBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("messages are records that can be written", e);
        }
    }
}
