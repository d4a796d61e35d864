package io.vyra.modulemanager.api.bus;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.api.auth.CurrentPrincipal;
import io.vyra.modulemanager.api.problem.RetryLaterException;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Lets requests through to running modules, and only so many at a time: modules that do not answer must not take all threads of the REST
 * interface. Thread-safe.
 */
@Singleton
public class ReachableModules {
    /** Half of the threads that the SLIM distribution has for requests. */
    static final int WAITING = 8;

    static final int WAITING_FOR_ONE = 4;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ModuleManager manager;
    private final CurrentPrincipal current;
    private final Map<ModuleId, Integer> waiting = new HashMap<>();

    public ReachableModules(ModuleManager manager, CurrentPrincipal current) {
        this.manager = manager;
        this.current = current;
    }

    /** The module that the caller means and may see, in whatever state it is. */
    ModuleView find(String reference) {
        return manager.module(reference, current.caller());
    }

    /**
     * Asks a module.
     *
     * @throws ProblemException {@code CONFLICT} when its process does not run, {@code TOO_MANY_REQUESTS} when too many wait already
     */
    <T> T ask(ModuleView module, Function<ModuleId, T> question) {
        requireProcess(module);
        ModuleId id = ModuleId.parse(module.id()).orElseThrow();
        enter(id);
        try {
            return question.apply(id);
        } finally {
            leave(id);
        }
    }

    private synchronized void enter(ModuleId module) {
        int ofIt = waiting.getOrDefault(module, 0);
        int ofAll = waiting.values().stream().mapToInt(Integer::intValue).sum();
        if (ofIt >= WAITING_FOR_ONE || ofAll >= WAITING) {
            throw new RetryLaterException(
                    RETRY,
                    (ofIt >= WAITING_FOR_ONE
                                    ? ofIt + " requests wait for " + module
                                    : ofAll + " requests wait for modules")
                            + " already. Ask again when they have been answered.");
        }
        waiting.merge(module, 1, Integer::sum);
    }

    private synchronized void leave(ModuleId module) {
        waiting.computeIfPresent(module, (_, count) -> count == 1 ? null : count - 1);
    }

    private static void requireProcess(ModuleView module) {
        String address = "/api/v1/modules/" + module.id();
        String remedy = switch (module.state().phase()) {
            case STARTING, RUNNING, SUSPENDED, STOPPING -> "";
            case STOPPED -> "Start it with POST " + address + "/start";
            case INSTALLING -> "Wait for the operation that installs it";
            case REMOVING -> "It is being removed; nothing can be asked of it any more";
            case BACKOFF, FAILED -> "GET " + address + "/explain says what keeps it from running";
        };
        if (!remedy.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Module " + module.id() + " has no process that could answer (it is "
                            + module.state().phase().wire() + "). " + remedy + ".");
        }
    }
}
