package io.vyra.module;

import io.vyra.module.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The functions that every VYRA module has, and its aliases. Thread-safe. */
final class CommonFunctions {
    private static final int USUAL_LOG_LIMIT = 100;

    private final ModuleIdentity identity;
    private final ModuleState state;
    private final Parameters parameters;
    private final Feeds feeds;
    private final Map<String, Object> volatiles = new ConcurrentHashMap<>();
    private final Map<String, String> interfaces = new TreeMap<>();
    private volatile String alias;

    CommonFunctions(
            ModuleIdentity identity,
            ModuleState state,
            Parameters parameters,
            Feeds feeds,
            Map<String, Object> volatiles,
            String alias) {
        this.identity = identity;
        this.state = state;
        this.parameters = parameters;
        this.feeds = feeds;
        this.volatiles.putAll(volatiles);
        this.alias = alias;
    }

    /** Notes what the module offers. */
    void note(String name, String type) {
        interfaces.put(name, type);
    }

    void serve(Bus bus) {
        Map<String, Function> functions = new TreeMap<>();
        functions.put("get_interface_list", _ -> interfaceList());
        functions.put("get_state", _ -> stateNow());
        functions.put("get_parameter", this::getParameter);
        functions.put("set_parameter", this::setParameter);
        functions.put(
                "read_all_params",
                _ -> JsonObject.of("all_params_json", parameters.all().toString()));
        functions.put("get_volatile", this::getVolatile);
        functions.put("set_volatile", this::setVolatile);
        functions.put(
                "read_all_volatiles",
                _ -> JsonObject.of(
                        "all_volatiles_json", JsonObject.of(volatiles).toString()));
        functions.put("get_log_history", this::logHistory);
        functions.put("get_alias", _ -> JsonObject.of("alias", alias));
        functions.put("set_alias", arguments -> {
            alias = required(arguments, "alias");
            return success("");
        });
        functions.put("acknowledge_error", _ -> acknowledge());
        functions.put("request_access", _ -> refusal("This module has no levels of access"));
        functions.put("initialize", _ -> become(Operational.READY));
        functions.put("pause", _ -> become(Operational.PAUSED));
        functions.put("resume", _ -> become(Operational.READY));
        functions.put("stop", _ -> become(Operational.STOPPED));
        functions.put("reset", _ -> become(Operational.IDLE));
        functions.keySet().forEach(name -> note(name, "service"));
        functions.forEach(bus::serve);
    }

    private JsonObject interfaceList() {
        List<JsonObject> list = new ArrayList<>();
        interfaces.forEach((name, type) -> list.add(described(name, type)));
        return JsonObject.of("success", true)
                .with("module_id", identity.toString())
                .with("interface_list", list)
                .with("parameters", parameters.described());
    }

    private static JsonObject described(String name, String type) {
        int slash = name.lastIndexOf('/');
        String function = name.substring(slash + 1);
        return JsonObject.of("type", type)
                .with("functionname", function)
                .with("namespace", slash < 0 ? "" : name.substring(0, slash))
                .with("displayname", function.replace('_', ' '))
                .with("description", "");
    }

    private JsonObject stateNow() {
        ModuleState.Layers now = state.now();
        return JsonObject.of("lifecycle", now.lifecycle().wire())
                .with("operational", now.operational().wire())
                .with("health", now.health().wire())
                .with("timestamp", feeds.now())
                .with("metadata", JsonObject.EMPTY)
                .with("success", true);
    }

    private JsonObject getParameter(JsonObject arguments) {
        String key = required(arguments, "key");
        return JsonObject.of("key", key).with("value", parameters.get(key)).with("success", true);
    }

    private JsonObject setParameter(JsonObject arguments) {
        String key = required(arguments, "key");
        if (!arguments.has("value")) {
            return refusal("'value' is missing");
        }
        try {
            parameters.set(key, arguments.get("value"));
            return success("");
        } catch (IllegalArgumentException e) {
            return refusal(e.getMessage());
        }
    }

    private JsonObject getVolatile(JsonObject arguments) {
        String key = required(arguments, "key");
        if (!volatiles.containsKey(key)) {
            throw new IllegalArgumentException("There is no volatile '" + key + "'");
        }
        return JsonObject.of("key", key).with("value", volatiles.get(key)).with("success", true);
    }

    /** Only those that the module has: others would grow without end. */
    private JsonObject setVolatile(JsonObject arguments) {
        String key = required(arguments, "key");
        Object value = arguments.get("value");
        if (value == null || volatiles.computeIfPresent(key, (_, _) -> value) == null) {
            return refusal(value == null ? "'value' is missing" : "There is no volatile '" + key + "'");
        }
        return success("");
    }

    private JsonObject logHistory(JsonObject arguments) {
        int limit = arguments.number("limit").map(Number::intValue).orElse(USUAL_LOG_LIMIT);
        return JsonObject.of("logs_json", feeds.logHistory(Math.clamp(limit, 0, Feeds.KEPT_LOG_ENTRIES)))
                .with("success", true);
    }

    private JsonObject acknowledge() {
        if (state.now().health() != Health.HEALTHY) {
            state.become(Health.HEALTHY);
        }
        if (state.now().lifecycle() == Lifecycle.RECOVERING) {
            state.become(Lifecycle.ACTIVE);
        }
        return success("");
    }

    private JsonObject become(Operational next) {
        try {
            state.become(next);
            return success("");
        } catch (IllegalStateException e) {
            return refusal(e.getMessage());
        }
    }

    Object volatileValue(String key) {
        return volatiles.get(key);
    }

    void volatileValue(String key, Object value) {
        volatiles.put(key, JsonObject.of("value", value).get("value"));
    }

    private static String required(JsonObject arguments, String name) {
        return arguments
                .text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }

    private static JsonObject success(String message) {
        return JsonObject.of("success", true).with("message", message);
    }

    private static JsonObject refusal(String message) {
        return JsonObject.of("success", false).with("message", message);
    }
}
