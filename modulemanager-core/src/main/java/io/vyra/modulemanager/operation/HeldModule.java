package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation.StepProgress;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import java.util.Optional;

/** Tells from the journal whether an interrupted operation had stopped a module and not let it go yet. */
final class HeldModule {
    private HeldModule() {}

    static boolean isHeld(OperationRecord record, String moduleId) {
        if (ChosenOrder.isStartFirst(record.memory(), moduleId)) {
            // Its steps that stop and start were passed over.
            return false;
        }
        String name = ModuleId.parse(moduleId).orElseThrow().name();
        boolean stopBegun = status(record.operation(), "stop:" + name)
                .filter(status -> status != StepStatus.PENDING && status != StepStatus.UNDONE)
                .isPresent();
        boolean startBegun = status(record.operation(), "start:" + name)
                .filter(status -> status != StepStatus.PENDING)
                .isPresent();
        return stopBegun && (record.undoing() || !startBegun);
    }

    private static Optional<StepStatus> status(Operation operation, String step) {
        return operation.steps().stream()
                .filter(progress -> progress.id().equals(step))
                .map(StepProgress::status)
                .findFirst();
    }
}
