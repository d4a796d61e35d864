package io.vyra.modulemanager.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.Unforeseen;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Turns failures into answers, for the REST layer and for the HTTP layer below it alike. Thread-safe. */
@Singleton
public class ProblemResponses {
    public static final String MEDIA_TYPE = "application/problem+json";
    private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

    private final ObjectMapper json;
    private final ForwardedRequests forwarded;

    public ProblemResponses(ObjectMapper json, ForwardedRequests forwarded) {
        this.json = json;
        this.forwarded = forwarded;
    }

    /** An answer that only needs to be written. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    public Answer answer(Problem problem, RoutingContext request) {
        return answer(problem, request, null);
    }

    /**
     * The answer to a failure nobody foresaw: the client gets a {@code trace_id}, the log gets the failure under the same id. A
     * {@link ProblemException} whose type is a server error is logged likewise.
     */
    public Answer answer(Throwable failure, RoutingContext request) {
        if (failure instanceof ProblemException known) {
            return answer(known.problem(), request);
        }
        Unforeseen unforeseen = Unforeseen.failure();
        // A client that goes away in the middle of its request is no failure of the service.
        LOG.logf(
                request.response().closed() ? Logger.Level.DEBUG : Logger.Level.ERROR,
                failure,
                "Request failed trace_id=%s method=%s path=%s",
                unforeseen.traceId(),
                request.request().method(),
                path(request));
        return answer(unforeseen.problem(), request, unforeseen.traceId());
    }

    private Answer answer(Problem problem, RoutingContext request, String traceId) {
        String prefix = forwarded.prefix(request);
        ProblemBody body = ProblemBody.of(problem, prefix, prefix + path(request), traceId);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", MEDIA_TYPE);
        headers.put("Cache-Control", "no-store");
        switch (problem.type()) {
            case UNAUTHENTICATED -> headers.put("WWW-Authenticate", "Bearer realm=\"modulemanager\"");
            case TOO_MANY_REQUESTS -> headers.put("Retry-After", "5");
            case SHUTTING_DOWN -> headers.put("Retry-After", "10");
            default -> {
                // No header belongs to the other types.
            }
        }
        try {
            return new Answer(problem.type().status(), headers, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem holds only text and numbers", e);
        }
    }

    /** The address as it came when it cannot be normalised because it is malformed. */
    private static String path(RoutingContext request) {
        try {
            return request.normalizedPath();
        } catch (IllegalArgumentException e) {
            return request.request().path();
        }
    }

    /** Writes the answer where no REST resource is involved. */
    public void send(Throwable failure, RoutingContext request) {
        if (request.response().headWritten()) {
            request.request().connection().close();
            return;
        }
        Answer answer = answer(failure, request);
        request.response().setStatusCode(answer.status());
        answer.headers().forEach(request.response()::putHeader);
        request.response().end(Buffer.buffer(answer.body()));
    }
}
