package io.vyra.modulemanager.api.user;

import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Accounts;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may log in. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
    private final Accounts accounts;
    private final CurrentPrincipal current;
    private final ForwardedRequests forwarded;

    public UserResource(Accounts accounts, CurrentPrincipal current, ForwardedRequests forwarded) {
        this.accounts = accounts;
        this.current = current;
        this.forwarded = forwarded;
    }

    public record UserBody(String username, String role, boolean mustChangePassword, Instant createdAt) {
        static UserBody of(Account account) {
            return new UserBody(
                    account.username(), account.role().wire(), account.mustChangePassword(), account.createdAt());
        }
    }

    public record Users(List<UserBody> items) {}

    public record UserCreate(String username, String password, String role, Boolean mustChangePassword) {
        @Override
        public String toString() {
            return "UserCreate[" + username + ", " + role + "]";
        }
    }

    public record UserPatch(String role, String password, Boolean mustChangePassword) {
        @Override
        public String toString() {
            return "UserPatch[" + role + "]";
        }
    }

    @GET
    @Requires(Role.ADMIN)
    public Users list() {
        return new Users(accounts.list().stream().map(UserBody::of).toList());
    }

    @POST
    @Requires(Role.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(UserCreate body) {
        Checks checks = new Checks();
        checks.length("/username", body.username(), 2, 32);
        checks.length("/password", body.password(), Accounts.MIN_PASSWORD, Accounts.MAX_PASSWORD);
        checks.required("/role", body.role());
        Optional<Role> role = checks.constant("/role", body.role(), Role.class);
        checks.requireNone();
        Account account = accounts.create(
                body.username(),
                body.password(),
                role.orElseThrow(),
                body.mustChangePassword() == null || body.mustChangePassword());
        return Response.status(Response.Status.CREATED)
                .header(
                        HttpHeaders.LOCATION,
                        forwarded.prefix(current.request()) + "/api/v1/users/" + account.username())
                .entity(UserBody.of(account))
                .build();
    }

    @PATCH
    @Path("{username}")
    @Requires(Role.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public UserBody change(@PathParam("username") String username, UserPatch body) {
        Checks checks = new Checks();
        if (body.role() == null && body.password() == null && body.mustChangePassword() == null) {
            checks.add("", "must change something");
        }
        Optional<Role> role = checks.constant("/role", body.role(), Role.class);
        checks.optionalLength("/password", body.password(), Accounts.MIN_PASSWORD, Accounts.MAX_PASSWORD);
        checks.requireNone();
        return UserBody.of(accounts.change(
                username, role, Optional.ofNullable(body.password()), Optional.ofNullable(body.mustChangePassword())));
    }

    @DELETE
    @Path("{username}")
    @Requires(Role.ADMIN)
    public void delete(@PathParam("username") String username) {
        accounts.delete(username);
    }
}
