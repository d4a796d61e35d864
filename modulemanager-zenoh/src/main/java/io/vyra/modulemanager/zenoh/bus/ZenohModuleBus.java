package io.vyra.modulemanager.zenoh.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Operational;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.zenoh.watch.StateReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The core's way to the functions of modules. Thread-safe.
 *
 * <p>A lost reply is no failed call: where the function changes the module's state, the state is read back before it is judged.
 */
public final class ZenohModuleBus implements ModuleBus {
    private final ModuleQuestions queries;
    private final StateReader states;
    private final ObjectNode nothing;

    public ZenohModuleBus(ModuleQuestions queries, StateReader states, ObjectNode nothing) {
        this.queries = queries;
        this.states = states;
        this.nothing = nothing;
    }

    @Override
    public ObjectNode call(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        if (!ModuleKeys.isBelow(function)) {
            String detail = "must be 1 to 8 segments of letters, digits and _ with / between them";
            throw new ProblemException(new Problem(
                    ProblemType.INVALID_REQUEST,
                    "The function '" + shortened(function) + "' " + detail + ".",
                    List.of(new Problem.FieldError("/function", detail))));
        }
        return switch (queries.ask(module, function, arguments, timeout)) {
            case Answer.Told told -> told.body();
            case Answer.Failed failed ->
                throw problem(
                        ProblemType.MODULE_ANSWERED_WITH_ERROR,
                        "Module " + module + " answered to " + function + " with an error: " + failed.message());
            case Answer.Unreadable unreadable ->
                throw problem(
                        ProblemType.MODULE_ANSWERED_WITH_ERROR,
                        "Module " + module + " answered to " + function + " with what cannot be read: "
                                + unreadable.why());
            case Answer.Nobody _ ->
                throw problem(
                        ProblemType.TIMED_OUT,
                        "Nobody on the bus serves " + function + " of module " + module
                                + ": the module has no such function, or is not connected");
            case Answer.Late _ ->
                readBack(module, function)
                        .orElseThrow(() -> problem(
                                ProblemType.TIMED_OUT,
                                "Module " + module + " did not answer to " + function + " within "
                                        + timeout.toMillis() / 1000.0 + " s"));
            case Answer.Disconnected disconnected ->
                readBack(module, function)
                        .orElseThrow(() -> problem(
                                ProblemType.BUS_UNAVAILABLE,
                                "Module " + module + " cannot be asked for " + function + ": " + disconnected.why()));
        };
    }

    /** What the module would have answered, if its state says that it did as it was told. */
    private Optional<ObjectNode> readBack(ModuleId module, String function) {
        return switch (function) {
            case "initialize" ->
                readBack(
                        module,
                        layers -> layers.lifecycle()
                                .filter(Lifecycle.ACTIVE::equals)
                                .isPresent());
            case "pause" -> readBack(module, layers -> is(layers, Operational.PAUSED));
            case "stop" -> readBack(module, layers -> is(layers, Operational.STOPPED));
            case "reset" -> readBack(module, layers -> is(layers, Operational.IDLE));
            case "resume" ->
                readBack(module, layers -> is(layers, Operational.READY) || is(layers, Operational.RUNNING));
            default -> Optional.empty();
        };
    }

    private Optional<ObjectNode> readBack(ModuleId module, Predicate<StateLayers> isDone) {
        return states.read(module)
                .filter(isDone)
                .map(layers -> nothing.deepCopy()
                        .put("success", true)
                        .put("message", "The reply was lost; get_state says that it was done."));
    }

    private static boolean is(StateLayers layers, Operational value) {
        return layers.operational().filter(value::equals).isPresent();
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(type, detail + ".");
    }
}
