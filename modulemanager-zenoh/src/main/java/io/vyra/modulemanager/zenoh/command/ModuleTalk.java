package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.bus.ModuleParameters;
import io.vyra.modulemanager.bus.ParameterHistory;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * What running modules are asked through the manager: with its roles, and its memory of what was changed. Whoever wants neither asks the
 * module itself. Thread-safe.
 *
 * <p>Only so many questions wait for modules at a time; one that finds no place is told to come again.
 */
final class ModuleTalk {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WAITING = 8;
    private static final int MOST_PARAMETERS = 100;
    private static final int LONGEST_KEY = 256;
    private static final int USUAL_SECONDS = 5;
    private static final int MOST_SECONDS = 60;

    private final ModuleManager manager;
    private final Permissions permissions;
    private final ModuleBus bus;
    private final ModuleParameters parameters;
    private final Semaphore places = new Semaphore(WAITING);
    private final Documents documents = new Documents();

    ModuleTalk(
            ModuleManager manager,
            Permissions permissions,
            ModuleBus bus,
            ParameterHistory history,
            InstantSource clock) {
        this.manager = manager;
        this.permissions = permissions;
        this.bus = bus;
        this.parameters = new ModuleParameters(bus, history, clock);
    }

    /** All of them, or the one that {@code key} names. */
    JsonNode parameters(String id, Request request) {
        Permissions.requireNoModule(request);
        Optional<String> key = request.text("key", LONGEST_KEY);
        request.refuseUnknown();
        ModuleView module = permissions.readable(id, request);
        return ask(module, it -> key.map(name -> parameters.one(it, name)).orElseGet(() -> parameters.all(it)));
    }

    JsonNode setParameters(String id, Request request) {
        Permissions.require(Role.DEVELOPER, request);
        ObjectNode values = request.requiredObject("values");
        if (values.isEmpty() || values.size() > MOST_PARAMETERS) {
            throw Request.wrong("values", "must name 1 to " + MOST_PARAMETERS + " parameters");
        }
        request.refuseUnknown();
        ModuleView module = manager.module(id, request.caller());
        return documents.parameterChange(
                ask(module, it -> parameters.set(it, values, request.caller().name())));
    }

    /** What was changed is known without the module. */
    JsonNode parameterHistory(String id, Request request) {
        Permissions.requireNoModule(request);
        int limit = request.number("limit", Page.USUAL_LIMIT, 1, Page.MOST);
        request.refuseUnknown();
        ModuleId module = idOf(permissions.readable(id, request));
        return documents.list(parameters.history(module, limit).stream()
                .map(documents::parameterChange)
                .toList());
    }

    JsonNode restoreParameters(String id, Request request) {
        Permissions.require(Role.DEVELOPER, request);
        long before = request.requiredNumber("before");
        request.refuseUnknown();
        ModuleView module = manager.module(id, request.caller());
        return documents.parameterChange(ask(
                module, it -> parameters.restore(it, before, request.caller().name())));
    }

    JsonNode interfaces(String id, Request request) {
        Permissions.requireNoModule(request);
        request.refuseUnknown();
        ModuleView module = permissions.readable(id, request);
        Duration timeout = Duration.ofSeconds(USUAL_SECONDS);
        return ask(module, it -> bus.call(it, "get_interface_list", JSON.objectNode(), timeout));
    }

    JsonNode call(String id, Request request) {
        Permissions.require(Role.OPERATOR, request);
        String function = request.requiredText("function", LONGEST_KEY);
        ObjectNode arguments = request.object("arguments").orElseGet(JSON::objectNode);
        Duration timeout = Duration.ofSeconds(request.number("timeout", USUAL_SECONDS, 1, MOST_SECONDS));
        request.refuseUnknown();
        ModuleView module = manager.module(id, request.caller());
        return ask(module, it -> bus.call(it, function, arguments, timeout));
    }

    private <T> T ask(ModuleView module, Function<ModuleId, T> question) {
        requireProcess(module);
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    WAITING + " questions wait for modules already. Ask again when they have been answered.");
        }
        try {
            return question.apply(idOf(module));
        } finally {
            places.release();
        }
    }

    private static ModuleId idOf(ModuleView module) {
        return ModuleId.parse(module.id()).orElseThrow();
    }

    private static void requireProcess(ModuleView module) {
        String remedy = switch (module.state().phase()) {
            case STARTING, RUNNING, SUSPENDED, STOPPING -> "";
            case STOPPED -> "Start it with api/modules/" + module.id() + "/start";
            case INSTALLING -> "Wait for the operation that installs it";
            case REMOVING -> "It is being removed; nothing can be asked of it any more";
            case BACKOFF, FAILED -> "api/modules/" + module.id() + "/explain says what keeps it from running";
        };
        if (!remedy.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Module " + module.id() + " has no process that could answer (it is "
                            + module.state().phase().wire() + "). " + remedy + ".");
        }
    }
}
