package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Puts together what the manager's node has. */
public final class ManagerNode {
    private ManagerNode() {}

    /**
     * @param role       what anybody in the graph may do
     * @param parameters what the manager is configured with, as far as anybody may know it
     */
    public static List<BridgePart> parts(
            ModuleManager manager,
            Role role,
            FeedHub hub,
            BridgeMeter meter,
            Map<String, String> parameters,
            InstantSource clock) {
        Commands commands = new Commands(manager, role);
        Answering answering = new Answering(meter);
        return List.of(
                new ManagerParameters(parameters),
                new ModuleTopics(commands, hub, clock),
                new ModuleServices(commands, answering),
                new EarlierServices(commands, answering, meter),
                new ModuleActions(commands, new OperationGoals(commands, answering, hub)));
    }
}
