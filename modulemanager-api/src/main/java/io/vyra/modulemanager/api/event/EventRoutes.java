package io.vyra.modulemanager.api.event;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.Authenticator;
import io.vyra.modulemanager.api.auth.Principal;
import io.vyra.modulemanager.api.problem.AllowedMethods;
import io.vyra.modulemanager.api.problem.ProblemResponses;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code GET /api/v1/events} and the stream form of {@code GET /api/v1/modules/{id}/logs}.
 *
 * <p>They are served below the REST layer, because only there a connection tells when its client has taken what was written.
 */
@Singleton
public class EventRoutes {
    private static final String STREAM = "text/event-stream";

    private final EventStreams streams;
    private final AllowedMethods methods;
    private final ProblemResponses problems;

    public EventRoutes(EventStreams streams, AllowedMethods methods, ProblemResponses problems) {
        this.streams = streams;
        this.methods = methods;
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.route("/api/v1/events").handler(guarded(this::events));
        router.getWithRegex("/api/v1/modules/(?<id>[^/]+)/logs").handler(context -> {
            String accept = context.request().getHeader("Accept");
            if (accept != null && accept.contains(STREAM)) {
                guarded(this::logs).handle(context);
            } else {
                context.next();
            }
        });
    }

    private Handler<RoutingContext> guarded(Consumer<RoutingContext> route) {
        return context -> {
            try {
                route.accept(context);
            } catch (RuntimeException e) {
                problems.send(e, context);
            }
        };
    }

    private void events(RoutingContext context) {
        if (context.request().method() != HttpMethod.GET) {
            context.response().putHeader("Allow", String.join(", ", methods.allowedAt("/api/v1/events")));
            throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "/api/v1/events takes GET only.");
        }
        String accept = context.request().getHeader("Accept");
        if (accept != null && !accept.contains(STREAM) && !accept.contains("*/*")) {
            throw new ProblemException(ProblemType.NOT_ACCEPTABLE, "/api/v1/events answers as text/event-stream only.");
        }
        Principal principal = Authenticator.require(context, Role.VIEWER, Optional.empty());
        Topics topics = Topics.parse(context.request().getParam("topics"));
        Optional<String> lastId = Optional.ofNullable(context.request().getHeader("Last-Event-ID"));
        Checks checks = new Checks();
        checks.optionalLength("Last-Event-ID", lastId.orElse(null), 0, 64);
        checks.requireNone();
        streams.open(context, principal, connection -> streams.follow(connection, principal, topics, lastId));
    }

    private void logs(RoutingContext context) {
        String reference = context.pathParam("id");
        Principal principal = Authenticator.require(context, Role.VIEWER, Optional.of(reference));
        Checks checks = new Checks();
        int tail = checks.number("?tail", context.request().getParam("tail"), 200, 0, 5_000);
        boolean follow =
                checks.flag("?follow", context.request().getParam("follow")).orElse(true);
        checks.requireNone();
        streams.open(
                context, principal, connection -> streams.followLog(connection, principal, reference, tail, follow));
    }
}
