package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.TypeName;
import java.util.Map;
import java.util.function.Function;

/** The actions: each goal is an operation, followed to its end. Thread-safe. */
final class ModuleActions implements BridgePart {
    private final Commands commands;
    private final OperationGoals goals;

    ModuleActions(Commands commands, OperationGoals goals) {
        this.commands = commands;
        this.goals = goals;
    }

    @Override
    public void attach(RosPort port) {
        serve(port, "install_module", "InstallModule", commands::install);
        serve(port, "update_module", "UpdateModule", commands::update);
        serve(port, "remove_module", "RemoveModule", commands::remove);
    }

    @Override
    public void detach() {
        // The port closes what actions are made of; operations go on.
    }

    private void serve(RosPort port, String name, String type, Function<Map<String, Object>, Operation> begin) {
        port.serveAction(name, InterfacePackage.type(TypeName.Kind.ACTION, type), goals.handler(name, begin));
    }
}
