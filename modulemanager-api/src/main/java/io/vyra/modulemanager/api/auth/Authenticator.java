package io.vyra.modulemanager.api.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.access.ModuleTokens;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Finds out who a request comes from, and refuses anonymous ones wherever it is not stated that nobody needs to log in. Thread-safe. */
@Singleton
public class Authenticator {
    public static final String COOKIE = "mm_session";
    static final String PRINCIPAL = "vyra.principal";

    private static final String METRICS = "/q/metrics";
    private static final int MIN_METRICS_TOKEN = 16;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Sessions sessions;
    private final ModuleTokens moduleTokens;
    private final ForwardedRequests forwarded;
    private final boolean metricsOpen;
    private final Optional<byte[]> metricsToken;

    public Authenticator(
            Sessions sessions, ModuleTokens moduleTokens, ForwardedRequests forwarded, ApiConfiguration configuration) {
        this.sessions = sessions;
        this.moduleTokens = moduleTokens;
        this.forwarded = forwarded;
        this.metricsOpen = configuration.metrics().open();
        this.metricsToken = configuration.metrics().token().map(token -> {
            if (token.length() < MIN_METRICS_TOKEN) {
                throw new IllegalArgumentException(
                        "vyra.metrics.token must have at least " + MIN_METRICS_TOKEN + " characters");
            }
            return token.getBytes(StandardCharsets.UTF_8);
        });
    }

    /** Who the request comes from, once {@link #admit} has let it pass. */
    public static Optional<Principal> principal(RoutingContext context) {
        return Optional.ofNullable(context.get(PRINCIPAL));
    }

    /**
     * For what is served without a resource method: the principal, if it has the role, or is the module itself.
     *
     * @param ownModule id of a module that may use this with its own token
     */
    public static Principal require(RoutingContext context, Role role, Optional<String> ownModule) {
        Principal principal = principal(context).orElseThrow(Authenticator::anonymous);
        switch (principal) {
            case Principal.User user -> {
                RoleFilter.requirePasswordChanged(user);
                RoleFilter.requireRole(user, role);
            }
            case Principal.Module module -> {
                if (!ownModule.equals(Optional.of(module.module().toString()))) {
                    throw notForTokens();
                }
            }
            case Principal.Scraper scraper -> throw notForTokens();
        }
        return principal;
    }

    static ProblemException anonymous() {
        return new ProblemException(
                ProblemType.UNAUTHENTICATED,
                "This address needs a valid token or session. Log in with POST /api/v1/auth/login.");
    }

    /**
     * Attaches the principal to the request.
     *
     * @param path normalised, without prefix
     * @throws ProblemException {@code UNAUTHENTICATED}, {@code PASSWORD_CHANGE_REQUIRED}, or {@code FORBIDDEN} for a write by
     *     cookie from elsewhere
     */
    public void admit(RoutingContext context, String path) {
        Optional<Principal> bearer = bearer(context);
        Optional<Principal> principal = bearer.isPresent() ? bearer : cookie(context);
        principal.ifPresent(found -> context.put(PRINCIPAL, found));
        if (isOpen(path)) {
            return;
        }
        if (principal.isEmpty()) {
            throw anonymous();
        }
        if (bearer.isEmpty() && !SAFE.contains(context.request().method())) {
            requireSameOrigin(context);
        }
        if (!path.startsWith("/api/")) {
            requireReader(principal.get(), path);
        }
    }

    /** Everything outside the API that is not open is for people; the API's own methods say themselves whom they take. */
    private static void requireReader(Principal principal, String path) {
        switch (principal) {
            case Principal.User user -> RoleFilter.requirePasswordChanged(user);
            case Principal.Module module -> throw notForTokens();
            case Principal.Scraper scraper -> {
                if (!path.equals(METRICS)) {
                    throw notForTokens();
                }
            }
        }
    }

    private static ProblemException notForTokens() {
        return new ProblemException(ProblemType.FORBIDDEN, "This token is not good for this address.");
    }

    private boolean isOpen(String path) {
        if (path.equals(METRICS)) {
            return metricsOpen;
        }
        if (isWithin(path, "/q/health") || isWithin(path, "/problems") || path.equals("/api/v1/auth/login")) {
            return true;
        }
        // What is left is the web interface's static files and /health. Resources check again for themselves.
        return !isWithin(path, "/api") && !isWithin(path, "/q") && !isWithin(path, "/docs");
    }

    private static boolean isWithin(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private Optional<Principal> bearer(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        String token = header.substring(7).strip();
        if (metricsToken.isPresent()
                && MessageDigest.isEqual(metricsToken.get(), token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new Principal.Scraper());
        }
        Optional<Principal> user = sessions.find(token).map(Principal.User::new);
        return user.isPresent() ? user : moduleTokens.verify(token).map(Principal.Module::new);
    }

    private Optional<Principal> cookie(RoutingContext context) {
        Cookie cookie = context.request().getCookie(COOKIE);
        return cookie == null
                ? Optional.empty()
                : sessions.find(cookie.getValue()).map(Principal.User::new);
    }

    /**
     * A browser sends the cookie along with whatever page made the request; SameSite=Strict already keeps other sites out, this also
     * keeps out other ports and subdomains of the same site.
     */
    private void requireSameOrigin(RoutingContext context) {
        String site = context.request().getHeader("Sec-Fetch-Site");
        String origin = context.request().getHeader("Origin");
        boolean same = site == null ? forwarded.origin(context).equalsIgnoreCase(origin) : site.equals("same-origin");
        if (!same) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A change with the session cookie must come from the manager's own pages. Programs send the token as"
                            + " Authorization: Bearer.");
        }
    }
}
