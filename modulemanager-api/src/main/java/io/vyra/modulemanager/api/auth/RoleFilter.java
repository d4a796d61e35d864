package io.vyra.modulemanager.api.auth;

import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds every resource method to its {@link Requires}; a method that says nothing answers nobody. */
public class RoleFilter {
    private final ModuleManager manager;

    public RoleFilter(ModuleManager manager) {
        this.manager = manager;
    }

    @ServerRequestFilter(nonBlocking = true)
    public void check(ResourceInfo resource, ContainerRequestContext request, RoutingContext context) {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Open.class)) {
            return;
        }
        Requires requires = method.getAnnotation(Requires.class);
        if (requires == null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Nobody may use this address.");
        }
        Principal principal = Authenticator.principal(context).orElseThrow(Authenticator::anonymous);
        switch (principal) {
            case Principal.User user -> {
                if (!requires.duringPasswordChange()) {
                    requirePasswordChanged(user);
                }
                requireRole(user, requires.value());
            }
            case Principal.Module module -> requireReadable(module, requires, request);
            case Principal.Scraper scraper ->
                throw new ProblemException(ProblemType.FORBIDDEN, "This token is good for /q/metrics only.");
        }
    }

    static void requirePasswordChanged(Principal.User user) {
        if (user.session().account().mustChangePassword()) {
            throw new ProblemException(
                    ProblemType.PASSWORD_CHANGE_REQUIRED,
                    "The password of '" + user.session().account().username()
                            + "' must be changed before anything else. Use POST /api/v1/auth/password.");
        }
    }

    static void requireRole(Principal.User user, Role role) {
        user.caller().require(role, "An administrator can give you another role.");
    }

    private void requireReadable(Principal.Module module, Requires requires, ContainerRequestContext request) {
        Optional<ModuleId> wanted = Optional.ofNullable(
                        request.getUriInfo().getPathParameters().getFirst("id"))
                .flatMap(ModuleId::parse);
        if (!requires.moduleToken()
                || wanted.filter(manager.readableBy(module.module())::contains).isEmpty()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A module's token is good for reading the module itself and those its manifest names, by their full ids.");
        }
    }
}
