package io.vyra.modulemanager.zenoh.command;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who may do and see what. Thread-safe.
 *
 * <p>A module that proved to be one reads what its token lets it read over REST: itself and the modules that its manifest names.
 */
final class Permissions {
    private final ModuleManager manager;

    Permissions(ModuleManager manager) {
        this.manager = manager;
    }

    /** @throws ProblemException {@code FORBIDDEN} when the caller has less than this role */
    static void require(Role role, Request request) {
        request.caller()
                .require(
                        role,
                        "Connect as a user of vyra.zenoh.users to a listener with vyra.zenoh.access=authenticated.");
    }

    /** @throws ProblemException {@code FORBIDDEN} when a module asks for what is not its own */
    static void requireNoModule(Request request) {
        if (asker(request.caller()).isPresent()) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A module may read itself and those its manifest names, not this.");
        }
    }

    private static Optional<ModuleId> asker(Caller caller) {
        return caller.role() == Role.VIEWER ? ModuleId.parse(caller.name()) : Optional.empty();
    }

    /** Whether the caller may read the module, as far as that is not the manager's to say. */
    boolean isReadable(Request request, String id) {
        Optional<ModuleId> asker = asker(request.caller());
        if (asker.isEmpty()) {
            return true;
        }
        Set<ModuleId> readable = manager.readableBy(asker.get());
        return ModuleId.parse(id).filter(readable::contains).isPresent();
    }

    /**
     * The module that the caller means.
     *
     * @throws ProblemException {@code MODULE_NOT_FOUND}, or {@code FORBIDDEN} when he may not read it
     */
    ModuleView readable(String reference, Request request) {
        ModuleView view = manager.module(reference, request.caller());
        if (!isReadable(request, view.id())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A module may read itself and those its manifest names, not " + view.id() + ".");
        }
        return view;
    }

    /** Whether what is said of a module is for the caller: hidden modules are for administrators. */
    static Predicate<String> visibleTo(Caller caller, ModuleManager manager) {
        if (caller.role().includes(Role.ADMIN)) {
            return _ -> true;
        }
        Set<String> hidden = manager.modules(Caller.MANAGER).stream()
                .filter(module -> !module.permissions().visible())
                .map(ModuleView::id)
                .collect(Collectors.toSet());
        return module -> !hidden.contains(module);
    }
}
