package io.vyra.modulemanager.api.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.api.json.Page;
import io.vyra.modulemanager.bus.ModuleParameters;
import io.vyra.modulemanager.bus.ParameterChange;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Supplier;

/** Parameters of one running module, and what was changed of them. An unknown module is told apart from a missing bus. */
@Path("/api/v1/modules/{id}/params")
@Produces(MediaType.APPLICATION_JSON)
public class ParameterResource {
    private static final int MOST = 100;
    private static final int LONGEST_KEY = 256;

    private final ReachableModules modules;
    private final RobotBus bus;
    private final CurrentPrincipal current;

    public ParameterResource(ReachableModules modules, RobotBus bus, CurrentPrincipal current) {
        this.modules = modules;
        this.bus = bus;
        this.current = current;
    }

    public record Changes(List<ParameterChange> items) {}

    /** @param before id of a change: the values from before it and all later ones come back */
    public record RestoreBody(Long before) {}

    @GET
    @Requires(Role.VIEWER)
    public ObjectNode all(@PathParam("id") String id) {
        ModuleView module = modules.find(id);
        ModuleParameters parameters = bus.parameters();
        return modules.ask(module, parameters::all);
    }

    @PUT
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public ParameterChange set(@PathParam("id") String id, JsonNode values) {
        Checks checks = new Checks();
        if (values.isEmpty() || values.size() > MOST) {
            checks.add("", "must name 1 to " + MOST + " parameters");
        }
        values.fieldNames().forEachRemaining(key -> checkKey(checks, pointer(key), key));
        ModuleView module = modules.find(id);
        checks.requireNone();
        return change(module, (ObjectNode) values);
    }

    @GET
    @Path("{key}")
    @Requires(Role.VIEWER)
    public ObjectNode one(@PathParam("id") String id, @PathParam("key") String key) {
        Checks checks = new Checks();
        checkKey(checks, "{key}", key);
        ModuleView module = modules.find(id);
        checks.requireNone();
        ModuleParameters parameters = bus.parameters();
        return modules.ask(module, it -> parameters.one(it, key));
    }

    @PUT
    @Path("{key}")
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public ParameterChange setOne(@PathParam("id") String id, @PathParam("key") String key, JsonNode body) {
        Checks checks = new Checks();
        checkKey(checks, "{key}", key);
        if (!body.has("value")) {
            checks.add("/value", "is missing");
        }
        body.fieldNames().forEachRemaining(field -> {
            if (!field.equals("value")) {
                checks.add(pointer(field), "is not known here; known is value");
            }
        });
        ModuleView module = modules.find(id);
        checks.requireNone();
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.set(key, body.get("value"));
        return pointingAt("/value", () -> change(module, values));
    }

    private static String pointer(String field) {
        return Problem.FieldError.ofField(field, "").pointer();
    }

    /** Problems of parameters name their keys; a body that has other fields needs a pointer of its own. */
    private static ParameterChange pointingAt(String pointer, Supplier<ParameterChange> change) {
        try {
            return change.get();
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            if (problem.errors().isEmpty()) {
                throw failure;
            }
            List<Problem.FieldError> errors = problem.errors().stream()
                    .map(error -> new Problem.FieldError(pointer, error.detail()))
                    .toList();
            throw new ProblemException(new Problem(problem.type(), problem.detail(), errors), failure);
        }
    }

    private static void checkKey(Checks checks, String pointer, String key) {
        checks.length(pointer, key, 1, LONGEST_KEY);
        if (key.chars().anyMatch(Character::isISOControl)) {
            checks.add(pointer, "must not have control characters");
        }
    }

    private ParameterChange change(ModuleView module, ObjectNode values) {
        ModuleParameters parameters = bus.parameters();
        return modules.ask(
                module, it -> parameters.set(it, values, current.caller().name()));
    }

    /** What was changed is known without the module. */
    @GET
    @Path("history")
    @Requires(Role.VIEWER)
    public Changes history(@PathParam("id") String id, @QueryParam("limit") String limit) {
        Checks checks = new Checks();
        int most = checks.number("?limit", limit, Page.DEFAULT_LIMIT, 1, Page.MAX_LIMIT);
        ModuleView module = modules.find(id);
        checks.requireNone();
        ModuleId moduleId = ModuleId.parse(module.id()).orElseThrow();
        return new Changes(bus.parameters().history(moduleId, most));
    }

    @POST
    @Path("restore")
    @Requires(Role.DEVELOPER)
    @Consumes(MediaType.APPLICATION_JSON)
    public ParameterChange restore(@PathParam("id") String id, RestoreBody body) {
        Checks checks = new Checks();
        checks.required("/before", body.before());
        ModuleView module = modules.find(id);
        checks.requireNone();
        ModuleParameters parameters = bus.parameters();
        return pointingAt(
                "/before",
                () -> modules.ask(
                        module,
                        it -> parameters.restore(
                                it, body.before(), current.caller().name())));
    }
}
