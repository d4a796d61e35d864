package io.vyra.modulemanager.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.bus.BusStatus;
import io.vyra.modulemanager.bus.ModuleBus;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A bus without a network: tests say what modules answer and what the bus tells of itself. Enabled by a test's profile. */
@Alternative
@Singleton
public class PaperBus implements ModuleBus, BusStatus {
    record Call(ModuleId module, String function, ObjectNode arguments, Duration timeout) {}

    private final Map<String, UnaryOperator<ObjectNode>> functions = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Snapshot snapshot = Snapshot.off(FakeModuleManager.NOW, "nobody said otherwise");

    void reset() {
        functions.clear();
        calls.clear();
    }

    void answer(String function, UnaryOperator<ObjectNode> answer) {
        functions.put(function, answer);
    }

    void be(Snapshot now) {
        snapshot = now;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** A parameter set that keeps what is set. */
    ObjectNode haveParameters() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        answer("read_all_params", _ -> object().put("all_params_json", values.toString()));
        answer(
                "get_parameter",
                asked -> object().set("value", values.get(asked.path("key").textValue())));
        answer("set_parameter", asked -> {
            values.set(asked.path("key").textValue(), asked.get("value"));
            return object().put("success", true);
        });
        return values;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public ObjectNode call(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        calls.add(new Call(module, function, arguments, timeout));
        return Optional.ofNullable(functions.get(function))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.TIMED_OUT,
                        "Module " + module + " did not answer " + function + " within " + timeout.toSeconds() + " s."))
                .apply(arguments);
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }
}
