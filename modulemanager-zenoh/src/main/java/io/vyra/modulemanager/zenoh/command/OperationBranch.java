package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** What was asked for, and how far it is: {@code api/operations}. Thread-safe. */
final class OperationBranch implements Branch {
    private static final int LONGEST = 128;
    /** Operations looked through for a page; older ones can be had by their id. */
    private static final int HORIZON = 10_000;

    private final ModuleManager manager;
    private final Permissions permissions;
    private final Documents documents = new Documents();

    OperationBranch(ModuleManager manager, Permissions permissions) {
        this.manager = manager;
        this.permissions = permissions;
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        return switch (path.size()) {
            case 1 -> list(request);
            case 2 -> one(path.get(1), request);
            case 3 -> {
                if (!path.get(2).equals("cancel")) {
                    throw ApiCatalog.nothingAt(path);
                }
                yield cancel(path.get(1), request);
            }
            default -> throw ApiCatalog.nothingAt(path);
        };
    }

    private JsonNode list(Request request) {
        Optional<String> module = request.text("module", LONGEST);
        Optional<Operation.Status> status = request.constant("status", Operation.Status.class);
        Page.Wanted wanted = Page.Wanted.of(request, ModuleId::isInstanceId);
        request.refuseUnknown();
        int horizon = wanted.after().isPresent() ? HORIZON : wanted.limit() + 1;
        List<Operation> operations = manager.operations(new OperationFilter(module, status, horizon), request.caller());
        Page<Operation> page = wanted.cut(wanted.behind(operations, Operation::id), Operation::id);
        // Filtered after the cut: a page may be shorter, but none is left out.
        return documents.page(new Page<>(
                page.items().stream()
                        .filter(operation -> permissions.isReadable(request, operation.moduleId()))
                        .map(documents::operation)
                        .toList(),
                page.next()));
    }

    private JsonNode one(String id, Request request) {
        request.refuseUnknown();
        Operation operation = manager.operation(id, request.caller());
        if (!permissions.isReadable(request, operation.moduleId())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A module may read operations on itself and on those its manifest names.");
        }
        return documents.operation(operation);
    }

    private JsonNode cancel(String id, Request request) {
        Permissions.require(Role.OPERATOR, request);
        request.refuseUnknown();
        return documents.operation(manager.cancel(id, request.caller()));
    }
}
