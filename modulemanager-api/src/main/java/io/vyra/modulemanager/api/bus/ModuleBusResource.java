package io.vyra.modulemanager.api.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.regex.Pattern;

/** Functions of one running module. An unknown module is told apart from a missing bus. */
@Path("/api/v1/modules/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class ModuleBusResource {
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_]+(/[A-Za-z0-9_]+)*");
    private static final int LONGEST_FUNCTION = 256;
    private static final int USUAL_SECONDS = 5;
    private static final int MOST_SECONDS = 60;

    private final ReachableModules modules;
    private final RobotBus bus;

    public ModuleBusResource(ReachableModules modules, RobotBus bus) {
        this.modules = modules;
        this.bus = bus;
    }

    @GET
    @Path("interfaces")
    @Requires(Role.VIEWER)
    public ObjectNode interfaces(@PathParam("id") String id) {
        ModuleView module = modules.find(id);
        return ask(module, "get_interface_list", JsonNodeFactory.instance.objectNode(), USUAL_SECONDS);
    }

    /** @param function with {@code %2F} between its segments */
    @POST
    @Path("call/{function}")
    @Requires(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public ObjectNode call(
            @PathParam("id") String id,
            @PathParam("function") String function,
            @QueryParam("timeout") String timeout,
            JsonNode arguments) {
        Checks checks = new Checks();
        int seconds = checks.number("?timeout", timeout, USUAL_SECONDS, 1, MOST_SECONDS);
        checks.length("{function}", function, 1, LONGEST_FUNCTION);
        checks.matches("{function}", function, FUNCTION, "segments of letters, digits and _, separated by %2F");
        if (function.equals("set_parameter")) {
            // Its role is another one, and it would be missing in the history.
            checks.add("{function}", "is not called this way: PUT /api/v1/modules/" + id + "/params sets parameters");
        }
        ModuleView module = modules.find(id);
        checks.requireNone();
        requirePermission(module, function);
        return ask(module, function, (ObjectNode) arguments, seconds);
    }

    /** What the manifest forbids must not be had through the back door. */
    private static void requirePermission(ModuleView module, String function) {
        if (function.startsWith("request_lc_suspend") && !module.permissions().suspendable()) {
            throw new ProblemException(
                    ProblemType.PERMISSION_DENIED_BY_MODULE,
                    "Module " + module.id() + " says suspendable: false in its module_params.yaml.");
        }
    }

    private ObjectNode ask(ModuleView module, String function, ObjectNode arguments, int seconds) {
        ModuleBus open = bus.require();
        return modules.ask(module, it -> open.call(it, function, arguments, Duration.ofSeconds(seconds)));
    }
}
