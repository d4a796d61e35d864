package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a module's manifest, its state and those that need it allow a user to do with it. Thread-safe. */
final class CommandRules {
    private final InstalledManifests manifests;
    private final ModuleNeeds needs;
    private final Predicate<ModuleId> maySuspendItself;

    /** @param maySuspendItself whether a module can be expected to suspend itself when it is asked to */
    CommandRules(InstalledManifests manifests, ModuleNeeds needs, Predicate<ModuleId> maySuspendItself) {
        this.manifests = manifests;
        this.needs = needs;
        this.maySuspendItself = maySuspendItself;
    }

    /** @throws ProblemException {@code PERMISSION_DENIED_BY_MODULE}, {@code SUSPEND_NOT_SUPPORTED} or {@code CONFLICT} */
    void requireSuspendable(InstanceRecord record) {
        Optional<Manifest> manifest = manifests.current(record);
        if (!permissions(record).suspendable() || manifest.isEmpty()) {
            throw denied(record, "suspendable", "Stop it instead.");
        }
        boolean isPausable =
                manifest.flatMap(Manifest::process).map(it -> it.pausable()).orElse(false);
        if (!isPausable && !maySuspendItself.test(record.id())) {
            throw new ProblemException(
                    ProblemType.SUSPEND_NOT_SUPPORTED,
                    "Module " + record.id()
                            + " is not heard of on the bus, and its .module/module_runtime.yaml does not say pausable: true."
                            + " Stop it instead.");
        }
        if (record.desired() == Desired.STOPPED) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Module " + record.id() + " is stopped, so there is nothing to suspend. Start it first.");
        }
    }

    /** @throws ProblemException {@code CONFLICT} */
    static void requireSuspended(InstanceRecord record) {
        if (record.desired() == Desired.STOPPED) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Module " + record.id() + " is stopped, not suspended. Start it instead.");
        }
    }

    /** @throws ProblemException {@code PERMISSION_DENIED_BY_MODULE} */
    void requireUpdatable(InstanceRecord record) {
        if (!permissions(record).updatable()) {
            throw denied(record, "updatable", "Its version stays.");
        }
    }

    /** @throws ProblemException {@code PERMISSION_DENIED_BY_MODULE} or {@code MODULE_NEEDED} */
    void requireRemovable(InstanceRecord record) {
        if (!permissions(record).removable()) {
            throw denied(record, "removable", "Stop it instead.");
        }
        List<String> dependents =
                needs.dependentsOf(record.id()).stream().map(ModuleId::toString).toList();
        if (!dependents.isEmpty()) {
            throw new ProblemException(
                    ProblemType.MODULE_NEEDED,
                    "Module " + record.id() + " is needed by " + String.join(", ", dependents)
                            + ". Remove these first.",
                    dependents.stream()
                            .map(id -> new Problem.FieldError("", id))
                            .toList());
        }
    }

    private Manifest.Permissions permissions(InstanceRecord record) {
        return manifests.current(record).map(Manifest::permissions).orElse(Manifest.Permissions.DEFAULT);
    }

    private static ProblemException denied(InstanceRecord record, String permission, String instead) {
        return new ProblemException(
                ProblemType.PERMISSION_DENIED_BY_MODULE,
                "Module " + record.id() + " says " + permission + ": false in .module/module_params.yaml. " + instead);
    }
}
