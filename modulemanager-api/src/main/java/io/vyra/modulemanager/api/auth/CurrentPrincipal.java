package io.vyra.modulemanager.api.auth;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Session;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.inject.Singleton;

/** Who the request at hand comes from. To be asked on a thread that handles a request. */
@Singleton
public class CurrentPrincipal {
    private final CurrentVertxRequest current;

    public CurrentPrincipal(CurrentVertxRequest current) {
        this.current = current;
    }

    public RoutingContext request() {
        return current.getCurrent();
    }

    public Caller caller() {
        return principal().caller();
    }

    /**
     * @throws ProblemException {@code FORBIDDEN} for a token without a session
     */
    public Session session() {
        if (principal() instanceof Principal.User user) {
            return user.session();
        }
        throw new ProblemException(ProblemType.FORBIDDEN, "This needs a session. Log in with POST /api/v1/auth/login.");
    }

    /** For what needs more than its method as a whole. */
    public void require(Role role) {
        if (principal() instanceof Principal.User user) {
            RoleFilter.requireRole(user, role);
        }
    }

    private Principal principal() {
        return Authenticator.principal(request()).orElseThrow(Authenticator::anonymous);
    }
}
