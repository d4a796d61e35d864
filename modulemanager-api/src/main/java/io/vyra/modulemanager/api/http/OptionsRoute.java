package io.vyra.modulemanager.api.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.api.problem.AllowedMethods;
import io.vyra.modulemanager.api.problem.ProblemResponses;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.SortedSet;

/** Answers {@code OPTIONS} (RFC 9110, section 9.3.7) for the whole API alike. */
@Singleton
public class OptionsRoute {
    private static final int BEFORE_ALL_OTHERS = -1;

    private final AllowedMethods methods;
    private final ProblemResponses problems;

    public OptionsRoute(AllowedMethods methods, ProblemResponses problems) {
        this.methods = methods;
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.route("/api/*")
                .method(HttpMethod.OPTIONS)
                .order(BEFORE_ALL_OTHERS)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        SortedSet<String> allowed = methods.allowedAt(context.normalizedPath());
        if (allowed.isEmpty()) {
            problems.send(
                    new ProblemException(
                            ProblemType.NOT_FOUND, "There is nothing at " + context.normalizedPath() + "."),
                    context);
            return;
        }
        context.response()
                .setStatusCode(204)
                .putHeader("Allow", String.join(", ", allowed))
                .end();
    }
}
