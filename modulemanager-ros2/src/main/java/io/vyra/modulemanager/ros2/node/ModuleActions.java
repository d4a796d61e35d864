package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.ros2.graph.ActionServer;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The actions: each goal is an operation, followed to its end. Thread-safe. */
final class ModuleActions implements BridgePart {
    private final Commands commands;
    private final OperationGoals goals;
    private final List<ActionServer> servers = new CopyOnWriteArrayList<>();

    ModuleActions(Commands commands, OperationGoals goals) {
        this.commands = commands;
        this.goals = goals;
    }

    @Override
    public void attach(RosNode node) {
        serve(node, "install_module", "InstallModule", commands::install);
        serve(node, "update_module", "UpdateModule", commands::update);
        serve(node, "remove_module", "RemoveModule", commands::remove);
    }

    @Override
    public void detach() {
        // The node closes what actions are made of; operations go on.
        servers.clear();
    }

    private void serve(RosNode node, String name, String type, Function<Map<String, Object>, Operation> begin) {
        servers.add(new ActionServer(
                node, name, InterfacePackage.type(TypeName.Kind.ACTION, type), goals.handler(name, begin)));
    }
}
