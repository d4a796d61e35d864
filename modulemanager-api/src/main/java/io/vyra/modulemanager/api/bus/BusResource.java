package io.vyra.modulemanager.api.bus;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.stream.Collectors;

/** The manager's own bus. */
@Path("/api/v1/bus")
@Produces(MediaType.APPLICATION_JSON)
public class BusResource {
    private final RobotBus bus;
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public BusResource(RobotBus bus, ModuleManager manager, CurrentPrincipal current) {
        this.bus = bus;
        this.manager = manager;
        this.current = current;
    }

    /** What belongs to a module that the caller may not see is left out; the counts of everything are not. */
    @GET
    @Requires(Role.VIEWER)
    public BusBody get() {
        BusStatus.Snapshot now = bus.status()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_IMPLEMENTED, "The manager has no bus."));
        if (current.caller().role().includes(Role.ADMIN)) {
            return BusBody.of(now, _ -> true);
        }
        Set<String> hidden = manager.modules(Caller.MANAGER).stream()
                .filter(module -> !module.permissions().visible())
                .map(ModuleView::id)
                .collect(Collectors.toSet());
        return BusBody.of(now, module -> !hidden.contains(module));
    }
}
