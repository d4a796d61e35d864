package io.vyra.modulemanager.api.problem;

import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception that leaves a REST resource, or keeps one from being reached, as a problem. */
public class FailureMapper {
    private final ProblemResponses problems;
    private final AllowedMethods methods;

    public FailureMapper(ProblemResponses problems, AllowedMethods methods) {
        this.problems = problems;
        this.methods = methods;
    }

    @ServerExceptionMapper
    public Response known(ProblemException failure, RoutingContext request) {
        Response.ResponseBuilder response = response(problems.answer(failure.problem(), request));
        if (failure instanceof RetryLaterException later) {
            response.header(
                    HttpHeaders.RETRY_AFTER, Math.max(1, later.remaining().toSeconds() + 1));
        }
        return response.build();
    }

    /** What the REST layer itself refuses. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException failure, RoutingContext request) {
        if (failure.getCause() instanceof ProblemException cause) {
            return known(cause, request);
        }
        if (failure.getResponse().getStatus() >= 500) {
            return unexpected(failure, request);
        }
        Response.ResponseBuilder response = response(problems.answer(problem(failure, request), request));
        if (failure instanceof NotAllowedException) {
            response.header(HttpHeaders.ALLOW, String.join(", ", methods.allowedAt(request.normalizedPath())));
        }
        return response.build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure, RoutingContext request) {
        return response(problems.answer(failure, request)).build();
    }

    private static Problem problem(WebApplicationException failure, RoutingContext request) {
        String method = request.request().method().name();
        String path = request.normalizedPath();
        return switch (failure) {
            case NotFoundException e -> new Problem(ProblemType.NOT_FOUND, "There is nothing at " + path + ".");
            case NotAllowedException e ->
                new Problem(
                        ProblemType.METHOD_NOT_ALLOWED,
                        path + " does not take " + method + ". The Allow header lists what it takes.");
            case NotAcceptableException e ->
                new Problem(
                        ProblemType.NOT_ACCEPTABLE,
                        path + " cannot answer in a format that the Accept header allows: "
                                + request.request().getHeader("Accept") + ".");
            case NotSupportedException e ->
                new Problem(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        path + " does not take a body of type "
                                + request.request().getHeader("Content-Type") + ".");
            default ->
                failure.getResponse().getStatus() == 413
                        ? new Problem(ProblemType.BODY_TOO_LARGE, "The body is larger than this address takes.")
                        : new Problem(
                                ProblemType.MALFORMED_REQUEST,
                                "The request to " + path + " could not be read. Check its address, headers and body.");
        };
    }

    private static Response.ResponseBuilder response(ProblemResponses.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response;
    }
}
