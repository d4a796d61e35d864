package io.vyra.modulemanager.api.auth;

import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Logins;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.access.Session;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.api.problem.RetryLaterException;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;

/** Logging in and out, and the own password. */
@Path("/api/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {
    private final Logins logins;
    private final Sessions sessions;
    private final CurrentPrincipal current;
    private final ForwardedRequests forwarded;

    public AuthResource(Logins logins, Sessions sessions, CurrentPrincipal current, ForwardedRequests forwarded) {
        this.logins = logins;
        this.sessions = sessions;
        this.current = current;
        this.forwarded = forwarded;
    }

    public record LoginRequest(String username, String password) {
        @Override
        public String toString() {
            return "LoginRequest[" + username + "]";
        }
    }

    public record PasswordChange(String oldPassword, String newPassword) {
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    public record LoginBody(String token, Instant expiresAt, SessionUser user) {}

    public record SessionUser(String username, String role, boolean mustChangePassword) {}

    public record Me(String username, String role, boolean mustChangePassword, Instant expiresAt) {}

    @POST
    @Path("login")
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    public Response login(LoginRequest body) {
        Checks checks = new Checks();
        checks.length("/username", body.username(), 1, 64);
        checks.length("/password", body.password(), 1, 256);
        checks.requireNone();
        String address = forwarded.clientAddress(current.request());
        return switch (logins.attempt(body.username(), body.password(), address)) {
            case Logins.Outcome.Success success -> opened(success.opened());
            case Logins.Outcome.Rejected rejected ->
                throw new ProblemException(ProblemType.UNAUTHENTICATED, "The user name or the password is wrong.");
            case Logins.Outcome.Locked locked ->
                throw new RetryLaterException(
                        locked.remaining(), "There were too many failed logins for this user or from this address.");
        };
    }

    @POST
    @Path("logout")
    @Requires(value = Role.VIEWER, duringPasswordChange = true)
    public Response logout() {
        sessions.end(current.session());
        return Response.noContent().cookie(cookie("", Duration.ZERO)).build();
    }

    @GET
    @Path("me")
    @Requires(value = Role.VIEWER, duringPasswordChange = true)
    public Me me() {
        Session session = current.session();
        Account account = session.account();
        return new Me(account.username(), account.role().wire(), account.mustChangePassword(), session.expiresAt());
    }

    @POST
    @Path("password")
    @Requires(value = Role.VIEWER, duringPasswordChange = true)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changePassword(PasswordChange body) {
        Checks checks = new Checks();
        checks.length("/old_password", body.oldPassword(), 1, 256);
        checks.length("/new_password", body.newPassword(), 10, 256);
        checks.requireNone();
        return opened(logins.changePassword(
                current.session().account().username(),
                body.oldPassword(),
                body.newPassword(),
                forwarded.clientAddress(current.request())));
    }

    private Response opened(Sessions.Opened opened) {
        Session session = opened.session();
        Account account = session.account();
        LoginBody body = new LoginBody(
                opened.token(),
                session.expiresAt(),
                new SessionUser(account.username(), account.role().wire(), account.mustChangePassword()));
        Duration lifetime = Duration.between(session.createdAt(), session.expiresAt());
        return Response.ok(body)
                .header("Cache-Control", "no-store")
                .cookie(cookie(opened.token(), lifetime))
                .build();
    }

    private NewCookie cookie(String value, Duration lifetime) {
        RoutingContext request = current.request();
        String prefix = forwarded.prefix(request);
        return new NewCookie.Builder(Authenticator.COOKIE)
                .value(value)
                .path(prefix.isEmpty() ? "/" : prefix + "/")
                .maxAge((int) lifetime.toSeconds())
                .httpOnly(true)
                .secure(forwarded.isSecure(request))
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
