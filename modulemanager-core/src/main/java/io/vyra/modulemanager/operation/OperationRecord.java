package io.vyra.modulemanager.operation;

import java.time.Instant;
import java.util.Map;

/**
 * An operation as the journal holds it.
 *
 * @param operation what everybody may see
 * @param request   what was asked
 * @param memory    what its steps remembered
 * @param undoing   it failed or was stopped, and its steps are being undone
 */
record OperationRecord(Operation operation, OperationRequest request, Map<String, String> memory, boolean undoing) {
    OperationRecord {
        memory = Map.copyOf(memory);
    }

    OperationRecord resumedAt(Instant now) {
        return operation.startedAt().isEmpty()
                ? this
                : new OperationRecord(OperationProgress.resumedAt(operation, now), request, memory, undoing);
    }
}
