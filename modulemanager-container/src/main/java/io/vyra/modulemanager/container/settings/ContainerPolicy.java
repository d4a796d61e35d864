package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what would let a module out of its container, unless an administrator allowed it for modules of that name. An engine's socket is
 * never given to a module: it is the machine.
 */
public final class ContainerPolicy {
    /** What engines give by themselves and is no way out of a container. */
    private static final Set<String> HARMLESS = Set.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
            "AUDIT_WRITE",
            "NET_RAW");

    private final Map<String, Set<Allowance>> allowed;
    private final EngineSockets sockets;

    /**
     * @param allowed       by module name
     * @param engineSockets sockets of engines that are in use, beside the usual ones
     */
    public ContainerPolicy(Map<String, Set<Allowance>> allowed, Set<Path> engineSockets) {
        this.allowed = Map.copyOf(allowed);
        this.sockets = new EngineSockets(engineSockets);
    }

    /**
     * To be asked at the installation and again at each start: where a link leads may have changed in between.
     *
     * @throws ProblemException {@code FORBIDDEN} that names everything that is refused, and how to allow it
     */
    public void require(ModuleId module, ContainerSpec spec) {
        Set<Allowance> granted = allowed.getOrDefault(module.name(), Set.of());
        List<String> refused = new ArrayList<>();
        List<Allowance> missing = new ArrayList<>();
        ContainerSpec.Wishes wishes = spec.wishes();
        if (wishes.privileged() && !granted.contains(Allowance.PRIVILEGED)) {
            refused.add("all privileges of the machine (privileged)");
            missing.add(Allowance.PRIVILEGED);
        }
        if (wishes.hostPid() && !granted.contains(Allowance.HOST_PID)) {
            refused.add("the machine's processes (host_pid)");
            missing.add(Allowance.HOST_PID);
        }
        List<String> dangerous = spec.capabilities().stream()
                .filter(capability -> !HARMLESS.contains(capability))
                .toList();
        if (!dangerous.isEmpty() && !granted.contains(Allowance.CAPABILITIES)) {
            refused.add("the capabilities " + String.join(", ", dangerous));
            missing.add(Allowance.CAPABILITIES);
        }
        for (ContainerSpec.Mount mount : wishes.mounts()) {
            Optional<String> objection = sockets.objection(mount.source());
            if (objection.isPresent()) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN,
                        module.name() + " wants " + mount.source() + " of this machine, " + objection.get());
            }
            if (!granted.contains(Allowance.HOST_PATHS)) {
                refused.add(mount.source() + " of this machine (mounts)");
                missing.add(Allowance.HOST_PATHS);
            }
        }
        if (!refused.isEmpty()) {
            String words = String.join(
                    ",", missing.stream().distinct().map(Allowance::wire).toList());
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    module.name() + " wants " + String.join(" and ", refused)
                            + ", which no module gets unless an administrator allows it: set vyra.container.allow.\""
                            + module.name() + "\"=" + words + " and start the module manager again.");
        }
    }
}
