package io.vyra.modulemanager.zenoh.manager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The functions that every VYRA module has, as the manager does them. Thread-safe. */
final class ManagerFunctions {
    private static final String ALIAS = "mm";
    private static final int MOST_LINES = 500;

    private final ModuleManager manager;
    private final ManagerState state;
    private final ManagerLog log;
    private final Map<String, String> parameters;
    private final JsonPayloads payloads;
    private final InstantSource clock;

    /** @param parameters what the manager is configured with, as far as anybody may know it */
    ManagerFunctions(
            ModuleManager manager,
            ManagerState state,
            ManagerLog log,
            Map<String, String> parameters,
            JsonPayloads payloads,
            InstantSource clock) {
        this.manager = manager;
        this.state = state;
        this.log = log;
        this.parameters = new TreeMap<>(parameters);
        this.payloads = payloads;
        this.clock = clock;
    }

    List<ManagerFunction> all() {
        return List.of(
                new ManagerFunction("get_interface_list", "Functions and feeds of this module.", this::interfaces),
                new ManagerFunction("get_state", "The three layers of its state.", this::state),
                new ManagerFunction("get_parameter", "One parameter: key.", this::parameter),
                new ManagerFunction(
                        "set_parameter",
                        "Refused: the manager is configured by its operator.",
                        refusal(
                                "the manager's parameters are set in its configuration (docs/configuration.md), not over the bus")),
                new ManagerFunction(
                        "read_all_params",
                        "All parameters, as JSON inside of JSON.",
                        _ -> all("all_params_json", parameters)),
                new ManagerFunction("get_volatile", "One volatile: key.", this::volatileOf),
                new ManagerFunction(
                        "set_volatile",
                        "Refused: the manager's volatiles tell what is.",
                        refusal("the manager's volatiles tell what is; they cannot be set")),
                new ManagerFunction(
                        "read_all_volatiles",
                        "All volatiles, as JSON inside of JSON.",
                        _ -> all("all_volatiles_json", volatiles())),
                new ManagerFunction("get_log_history", "Its newest log lines: limit.", this::logHistory),
                new ManagerFunction(
                        "get_alias",
                        "Its alias.",
                        _ -> payloads.object().put("success", true).put("alias", ALIAS)),
                new ManagerFunction(
                        "set_alias", "Refused: the alias is mm.", refusal("the manager's alias is always " + ALIAS)),
                new ManagerFunction(
                        "acknowledge_error",
                        "Refused: the manager keeps no error that waits for it.",
                        refusal(
                                "the manager keeps no error that waits to be acknowledged; its errors are operations and feed entries")),
                new ManagerFunction(
                        "request_access",
                        "Refused: who may do what is decided when a face connects.",
                        refusal(
                                "the manager gives no access inside of a message; connect with the module's token, a user or a certificate")),
                new ManagerFunction(
                        "initialize", "Refused: it is.", refusal("the manager is initialized as long as it answers")),
                new ManagerFunction(
                        "pause", "Refused.", refusal("the manager cannot be paused: modules would be left alone")),
                new ManagerFunction(
                        "stop",
                        "Refused.",
                        refusal("the manager is stopped by the system that runs it, not over the bus")),
                new ManagerFunction("resume", "Refused: it was never paused.", refusal("the manager was never paused")),
                new ManagerFunction(
                        "reset", "Refused.", refusal("the manager has no error state that a reset would leave")),
                new ManagerFunction("plugin/resolve_plugins", "Plugins for a page: there are none.", this::plugins),
                new ManagerFunction(
                        "plugin/get_nfs_path",
                        "Refused: there are no plugins.",
                        refusal("this manager has no plugins, so there is no path of one")),
                new ManagerFunction(
                        "plugin/ui_function_call",
                        "Refused: there are no plugins.",
                        refusal("this manager has no plugins that could be called")));
    }

    private UnaryOperator<ObjectNode> refusal(String why) {
        return _ -> payloads.object().put("success", false).put("message", why);
    }

    private ObjectNode interfaces(ObjectNode arguments) {
        ObjectNode answer = payloads.object().put("success", true);
        ArrayNode list = answer.putArray("interface_list");
        all().forEach(function -> describe(list, "service", function.name(), function.description()));
        for (String feed : List.of("StateFeed", "NewsFeed", "ErrorFeed", "LogFeed")) {
            describe(list, "message", "feeder/" + feed, "What this module says of itself.");
        }
        return answer;
    }

    private static void describe(ArrayNode list, String type, String name, String description) {
        int slash = name.indexOf('/');
        list.addObject()
                .put("type", type)
                .put("functionname", name.substring(slash + 1))
                .put("namespace", slash < 0 ? "" : name.substring(0, slash))
                .put("displayname", name.substring(slash + 1).replace('_', ' '))
                .put("description", description);
    }

    private ObjectNode state(ObjectNode arguments) {
        ManagerState.Layers layers = state.layers();
        ObjectNode answer = payloads.object()
                .put("success", true)
                .put("lifecycle", layers.lifecycle().wire())
                .put("operational", layers.operational().wire())
                .put("health", layers.health().wire())
                .put("timestamp", clock.instant().toString());
        answer.putObject("metadata").put("module_id", manager.self().toString()).put("alias", ALIAS);
        return answer;
    }

    private ObjectNode parameter(ObjectNode arguments) {
        return one(arguments, "parameter", parameters);
    }

    private ObjectNode volatileOf(ObjectNode arguments) {
        return one(arguments, "volatile", volatiles());
    }

    private ObjectNode one(ObjectNode arguments, String kind, Map<String, ?> values) {
        if (!arguments.path("key").isTextual()) {
            throw new IllegalArgumentException("key must be the name of a " + kind);
        }
        Object value = values.get(arguments.path("key").textValue());
        if (value == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " of that name; there are " + String.join(", ", values.keySet()));
        }
        ObjectNode answer = payloads.object()
                .put("success", true)
                .put("key", arguments.path("key").textValue());
        answer.putPOJO("value", value);
        return answer;
    }

    /** A text, as vyra_base does it. */
    private ObjectNode all(String field, Map<String, ?> values) {
        ObjectNode all = payloads.object();
        values.forEach(all::putPOJO);
        return payloads.object().put("success", true).put(field, payloads.text(all));
    }

    private Map<String, Integer> volatiles() {
        Map<String, Integer> values = new TreeMap<>();
        values.put("modules_installed", 0);
        for (ModuleView.Phase phase : ModuleView.Phase.values()) {
            values.put("modules_" + phase.name().toLowerCase(Locale.ROOT), 0);
        }
        for (ModuleView module : manager.modules(Caller.MANAGER)) {
            values.merge("modules_installed", 1, Integer::sum);
            values.merge("modules_" + module.state().phase().wire(), 1, Integer::sum);
        }
        return values;
    }

    private ObjectNode logHistory(ObjectNode arguments) {
        if (arguments.has("limit") && !arguments.path("limit").canConvertToInt()) {
            throw new IllegalArgumentException("limit must be a number between 1 and " + MOST_LINES);
        }
        int limit = Math.clamp(arguments.path("limit").asInt(100), 1, MOST_LINES);
        ObjectNode answer = payloads.object().put("success", true);
        ArrayNode lines = answer.putArray("logs_json");
        log.newest(limit).forEach(line -> lines.add(line.toJson(payloads.object(), manager.self())));
        return answer;
    }

    private ObjectNode plugins(ObjectNode arguments) {
        ObjectNode answer = payloads.object().put("success", true).put("message", "this manager has no plugins");
        answer.putArray("plugins");
        return answer;
    }
}
