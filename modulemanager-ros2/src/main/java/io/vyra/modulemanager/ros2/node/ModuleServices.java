package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.TypeName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The services that answer at once. Thread-safe. */
final class ModuleServices implements BridgePart {
    private final Commands commands;
    private final Answering answering;

    ModuleServices(Commands commands, Answering answering) {
        this.commands = commands;
        this.answering = answering;
    }

    @Override
    public void attach(RosPort port) {
        serve(port, "list_modules", "ListModules", this::list);
        serve(port, "get_module", "GetModule", this::get);
        serve(port, "set_module_state", "SetModuleState", this::setState);
        serve(port, "explain_module", "ExplainModule", this::explain);
    }

    @Override
    public void detach() {
        // The port closes its services.
    }

    private void serve(RosPort port, String name, String type, UnaryOperator<Map<String, Object>> service) {
        port.serve(
                name,
                InterfacePackage.type(TypeName.Kind.SRV, type),
                request -> answering.answer(name, () -> service.apply(request)));
    }

    private Map<String, Object> list(Map<String, Object> request) {
        Optional<ModuleView.Phase> phase = Commands.optional(request, "phase").map(ModuleServices::phase);
        return Map.of(
                "modules",
                Messages.modules(commands.manager().modules(commands.caller()).stream()
                        .filter(module -> phase.isEmpty() || module.state().phase() == phase.get())
                        .toList()));
    }

    private static ModuleView.Phase phase(String text) {
        return Arrays.stream(ModuleView.Phase.values())
                .filter(phase -> phase.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> Commands.wrong(
                        "phase",
                        "must be one of "
                                + Arrays.stream(ModuleView.Phase.values())
                                        .map(ModuleView.Phase::wire)
                                        .collect(Collectors.joining(", "))));
    }

    private Map<String, Object> get(Map<String, Object> request) {
        return Map.of(
                "module", Messages.module(commands.manager().module(Commands.reference(request), commands.caller())));
    }

    private Map<String, Object> setState(Map<String, Object> request) {
        return Map.of("operation_id", commands.command(request).id());
    }

    private Map<String, Object> explain(Map<String, Object> request) {
        return Messages.explanation(commands.manager().explain(Commands.reference(request), commands.caller()));
    }
}
