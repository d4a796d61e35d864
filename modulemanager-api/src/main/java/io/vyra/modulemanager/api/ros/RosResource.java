package io.vyra.modulemanager.api.ros;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.auth.Requires;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.ros.RosBridge;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The graph of ROS 2. What a topic carries is {@link RosRoutes}. */
@Path("/api/v1/ros")
@Produces(MediaType.APPLICATION_JSON)
public class RosResource {
    private static final int USUAL_SECONDS = 5;
    private static final int MOST_SECONDS = 60;

    private final RobotRos ros;
    private final RosCalls calls;
    private final ModuleManager manager;
    private final CurrentPrincipal current;

    public RosResource(RobotRos ros, RosCalls calls, ModuleManager manager, CurrentPrincipal current) {
        this.ros = ros;
        this.calls = calls;
        this.manager = manager;
        this.current = current;
    }

    /** @param type empty: the one that the topic has */
    public record PublishBody(String type, JsonNode message) {}

    /** @param type empty: the one that the service has */
    public record CallBody(String type, JsonNode request) {}

    @GET
    @Path("graph")
    @Requires(Role.VIEWER)
    public RosGraphBody graph() {
        RosBridge bridge = ros.require();
        return RosGraphBody.of(bridge.status(), bridge.graph(), visible()::contains);
    }

    /** Ids of the modules that the caller may see. */
    private Set<String> visible() {
        return manager.modules(current.caller()).stream().map(ModuleView::id).collect(Collectors.toSet());
    }

    /** @param name with {@code %2F} between its segments */
    @POST
    @Path("topics/{name}")
    @Requires(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public RosBridge.Published publish(@PathParam("name") String name, PublishBody body) {
        Checks checks = new Checks();
        String topic = RosNames.checked(checks, name);
        RosNames.checkType(checks, "/type", body.type());
        ObjectNode message = object(checks, "/message", body.message());
        RosBridge bridge = ros.require();
        checks.requireNone();
        return bridge.publish(topic, Optional.ofNullable(body.type()), message);
    }

    /** @param name with {@code %2F} between its segments */
    @POST
    @Path("services/{name}")
    @Requires(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    public RosBridge.Answer call(@PathParam("name") String name, @QueryParam("timeout") String timeout, CallBody body) {
        Checks checks = new Checks();
        String service = RosNames.checked(checks, name);
        int seconds = checks.number("?timeout", timeout, USUAL_SECONDS, 1, MOST_SECONDS);
        RosNames.checkType(checks, "/type", body.type());
        ObjectNode request = object(checks, "/request", body.request());
        RosBridge bridge = ros.require();
        checks.requireNone();
        return calls.within(
                () -> bridge.call(service, Optional.ofNullable(body.type()), request, Duration.ofSeconds(seconds)));
    }

    private static ObjectNode object(Checks checks, String pointer, JsonNode value) {
        checks.required(pointer, value);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value != null) {
            checks.add(pointer, "must be a JSON object");
        }
        return JsonNodeFactory.instance.objectNode();
    }
}
