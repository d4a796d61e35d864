package io.vyra.modulemanager.api.repository;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.http.ForwardedRequests;
import io.vyra.modulemanager.api.problem.ProblemBody;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStatus;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Sources of packages. */
@Path("/api/v1/repositories")
@Produces(MediaType.APPLICATION_JSON)
public class RepositoryResource {
    private final RepositoryStore store;
    private final RepositoryRefresher refresher;
    private final CurrentPrincipal current;
    private final ForwardedRequests forwarded;

    public RepositoryResource(
            RepositoryStore store,
            RepositoryRefresher refresher,
            CurrentPrincipal current,
            ForwardedRequests forwarded) {
        this.store = store;
        this.refresher = refresher;
        this.current = current;
        this.forwarded = forwarded;
    }

    /** A source as it is shown: its key never is. */
    public record RepositoryBody(
            String id,
            String name,
            String url,
            int priority,
            boolean enabled,
            String description,
            boolean hasApiKey,
            String certFingerprint,
            Instant refreshedAt,
            Instant attemptedAt,
            int entries,
            List<String> warnings,
            ProblemBody problem) {}

    public record RepositoryList(List<RepositoryBody> items) {}

    @GET
    @Requires(Role.VIEWER)
    public RepositoryList list() {
        return new RepositoryList(store.list().stream().map(this::body).toList());
    }

    @POST
    @Requires(Role.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(RepositoryFields.Create body) {
        Checks checks = new Checks();
        Repository added = store.add(body.toRepository(checks));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, prefix() + "/api/v1/repositories/" + added.id())
                .entity(body(added))
                .build();
    }

    @GET
    @Path("{id}")
    @Requires(Role.VIEWER)
    public RepositoryBody get(@PathParam("id") String id) {
        return body(store.get(id));
    }

    @PUT
    @Path("{id}")
    @Requires(Role.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    public RepositoryBody replace(@PathParam("id") String id, RepositoryFields.Write body) {
        Repository present = store.get(id);
        return body(store.replace(body.toRepository(present.id(), new Checks())));
    }

    @DELETE
    @Path("{id}")
    @Requires(Role.ADMIN)
    public void delete(@PathParam("id") String id) {
        store.remove(id);
        refresher.forget(id);
    }

    @POST
    @Path("{id}/refresh")
    @Requires(Role.DEVELOPER)
    public RepositoryBody refresh(@PathParam("id") String id) {
        RepositoryStatus status = refresher.refresh(id);
        if (status.problem().isPresent()) {
            throw new ProblemException(status.problem().get());
        }
        return body(store.get(id));
    }

    private RepositoryBody body(Repository repository) {
        RepositoryStatus status = refresher.status(repository.id());
        return new RepositoryBody(
                repository.id(),
                repository.name(),
                repository.url(),
                repository.priority(),
                repository.enabled(),
                repository.description(),
                repository.apiKey().isPresent(),
                repository.certFingerprint().orElse(null),
                status.lastSuccess().orElse(null),
                status.lastAttempt().orElse(null),
                status.entries(),
                status.warnings(),
                status.problem()
                        .map(problem -> ProblemBody.embedded(problem, prefix()))
                        .orElse(null));
    }

    private String prefix() {
        return forwarded.prefix(current.request());
    }
}
