package io.vyra.modulemanager.ros2;

import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.face.Ask;
import io.vyra.modulemanager.face.Face;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The graph of ROS 2 as the conformance suite drives it. Everybody in a graph has one role, so there is a graph for each. */
final class GraphFace implements Face {
    private final Robot robot;
    private final Map<Role, GraphUser> users = new EnumMap<>(Role.class);

    GraphFace(Robot robot) {
        this.robot = robot;
    }

    /** A graph of its own, where everybody has this role. */
    static BridgeSettings settings(Role role) {
        return Settings.local(Domains.free(), Map.of("mm.ros2.role", role.wire()));
    }

    @Override
    public Map<Class<? extends Ask>, String> withheld() {
        return Map.of(
                Ask.GetOperation.class,
                        "the feedback of actions and the topic module_events tell how far operations are",
                Ask.CancelOperation.class, "a goal is canceled by its action's own service",
                Ask.KeyedCommand.class, "a message has no room for a key, and a newer intent supersedes an older one",
                Ask.ChangeAlias.class,
                        "there is no way to tie a request to what was read before it; people do this over REST",
                Ask.Upload.class, "files do not travel in messages; a package comes from a repository or over REST");
    }

    /** Nobody is an administrator: ROS 2 does not say who asks. */
    @Override
    public List<Role> roles() {
        return List.of(Role.VIEWER, Role.OPERATOR, Role.DEVELOPER);
    }

    @Override
    public String place(Ask ask, String field) {
        if (ask instanceof Ask.ListModules) {
            return "/phase";
        }
        return ask instanceof Ask.Update ? "/version" : "/" + field;
    }

    @Override
    public Voice as(Role role) throws Exception {
        GraphUser known = users.get(role);
        if (known != null) {
            return known;
        }
        BridgeSettings graph = settings(role);
        robot.joinToo(graph);
        GraphUser user = new GraphUser(
                new Asker(robot.join(graph, "/", "user"), robot.manager().self()));
        users.put(role, user);
        return user;
    }

    @Override
    public void close() {
        users.values().forEach(GraphUser::close);
    }
}
