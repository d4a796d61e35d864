package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.idl.TypeName;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What modules of earlier VYRA releases call: {@code register_module} and {@code get_registered_modules}. There a module told the manager
 * that it exists; here it exists when it is installed, and is told so. Thread-safe.
 */
final class EarlierServices implements BridgePart {
    /** The codes of RegisterModule. */
    private static final int SUCCESS = 0;

    private static final int INVALID_MODULE_DATA = 2;
    private static final int LOCKED = 4;
    private static final int INTERNAL_ERROR = 5;

    private final Commands commands;
    private final Answering answering;
    private final BridgeMeter meter;

    EarlierServices(Commands commands, Answering answering, BridgeMeter meter) {
        this.commands = commands;
        this.answering = answering;
        this.meter = meter;
    }

    @Override
    public void attach(RosPort port) {
        port.serve("register_module", InterfacePackage.type(TypeName.Kind.SRV, "RegisterModule"), request -> {
            meter.answered();
            return answerTo(request);
        });
        port.serve("get_registered_modules", InterfacePackage.type(TypeName.Kind.SRV, "GetRegisteredModules"), _ -> {
            meter.answered();
            return registered();
        });
    }

    @Override
    public void detach() {
        // The port closes its services.
    }

    /** A module waits for this before it starts: it gets an answer, whatever goes wrong. */
    private Map<String, Object> answerTo(Map<String, Object> request) {
        try {
            return register(request);
        } catch (RuntimeException e) {
            return answer(INTERNAL_ERROR, answering.broken("register_module", e).detail());
        }
    }

    /** Hidden modules register as well: who names both a name and its id tells nothing that he would not know. */
    private Map<String, Object> register(Map<String, Object> request) {
        String name = (String) request.get("module_name");
        if (!ModuleId.isName(name)) {
            return answer(INVALID_MODULE_DATA, "module_name is none of a module");
        }
        String instance = HexFormat.of().formatHex((byte[]) ((Map<?, ?>) request.get("module_id")).get("uuid"));
        Optional<ModuleView> installed = commands.manager().modules(Caller.MANAGER).stream()
                .filter(module ->
                        module.name().equals(name) && module.instanceId().equals(instance))
                .findFirst();
        return installed.isPresent()
                ? answer(SUCCESS, "")
                : answer(
                        LOCKED,
                        name + "_" + instance
                                + " is not installed here; a module is registered by installing it (InstallModule)");
    }

    private static Map<String, Object> answer(int status, String message) {
        return Map.of("status", status, "error_message", message);
    }

    private Map<String, Object> registered() {
        List<ModuleView> modules = commands.manager().modules(commands.caller());
        return Map.of(
                "module_names", modules.stream().map(ModuleView::name).toList(),
                "module_ids",
                        modules.stream()
                                .map(module -> Map.of("uuid", HexFormat.of().parseHex(module.instanceId())))
                                .toList(),
                "versions",
                        modules.stream()
                                .map(module -> module.version().orElse(""))
                                .toList());
    }
}
