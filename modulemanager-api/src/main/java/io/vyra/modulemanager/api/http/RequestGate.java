package io.vyra.modulemanager.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.api.auth.Authenticator;
import io.vyra.modulemanager.api.problem.ProblemResponses;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The first to see every request: cuts the root path off, sets the security headers, finds out who asks, and refuses what is too
 * large or needs a login. What a role may do is decided at the resource.
 */
@Singleton
public class RequestGate {
    /** Largest body of anything but an upload. */
    public static final long MAX_BODY = 1 << 20;

    private static final String UPLOAD = "/api/v1/modules/upload";
    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private final ForwardedRequests forwarded;
    private final Authenticator authenticator;
    private final ProblemResponses problems;

    public RequestGate(ForwardedRequests forwarded, Authenticator authenticator, ProblemResponses problems) {
        this.forwarded = forwarded;
        this.authenticator = authenticator;
        this.problems = problems;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, 1000);
    }

    /** Failures below the REST layer, such as a malformed address. */
    void registerFailures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::fail);
    }

    private void pass(RoutingContext context) {
        String root = forwarded.rootPath();
        String path = context.normalizedPath();
        if (!root.isEmpty() && path.equals(root) && context.request().method() == HttpMethod.GET) {
            // The web interface's own addresses are relative: without the slash they would lead beside it.
            secure(context.response());
            context.response()
                    .setStatusCode(308)
                    .putHeader("Location", root.substring(root.lastIndexOf('/') + 1) + "/")
                    .end();
            return;
        }
        if (!root.isEmpty() && (path.equals(root) || path.startsWith(root + "/"))) {
            context.put(ForwardedRequests.CUT, true);
            String query = context.request().query();
            String rest = path.substring(root.length());
            context.reroute((rest.isEmpty() ? "/" : rest) + (query == null ? "" : "?" + query));
            return;
        }
        secure(context.response());
        try {
            refuseEncodedBody(context);
            refuseLargeBody(context, path);
            authenticator.admit(context, path);
        } catch (ProblemException e) {
            problems.send(e, context);
            return;
        }
        context.next();
    }

    private static void secure(HttpServerResponse response) {
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.putHeader("Content-Security-Policy", API_POLICY);
    }

    /** What is compressed could hold far more than the limits let pass; RFC 9110, section 8.4, asks for this answer. */
    private static void refuseEncodedBody(RoutingContext context) {
        String encoding = context.request().getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            context.response().putHeader("Accept-Encoding", "identity");
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "A body with the Content-Encoding " + encoding + " is not taken. Send it as it is.");
        }
    }

    private static void refuseLargeBody(RoutingContext context, String path) {
        String length = context.request().getHeader("Content-Length");
        if (length == null || path.equals(UPLOAD)) {
            return;
        }
        if (length.length() > 18 || Long.parseLong(length) > MAX_BODY) {
            // What was announced is not read: the connection ends after the answer.
            context.response().putHeader("Connection", "close");
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has " + length + " bytes, at most " + MAX_BODY + " are taken here.");
        }
    }

    private void fail(RoutingContext context) {
        Throwable failure = context.failure();
        boolean isOfTheClient = context.statusCode() >= 400 && context.statusCode() < 500;
        if (failure == null
                || failure instanceof IllegalArgumentException
                || isOfTheClient && !(failure instanceof ProblemException)) {
            failure = refusal(context);
        }
        problems.send(failure, context);
    }

    private static ProblemException refusal(RoutingContext context) {
        return switch (context.statusCode()) {
            case 404 -> new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this address.");
            case 405 -> new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "This address does not take this method.");
            case 413 -> new ProblemException(ProblemType.BODY_TOO_LARGE, "The body is too large.");
            default ->
                new ProblemException(
                        ProblemType.MALFORMED_REQUEST,
                        context.request().getHeader("Host") == null
                                        && context.request().version() == HttpVersion.HTTP_1_1
                                ? "The request has no Host header, which HTTP/1.1 requires. Send the name of this robot."
                                : "The request could not be read. Check its address and headers.");
        };
    }
}
