package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.Explanation;
import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.TransitionView;
import io.vyra.modulemanager.bus.ParameterChange;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.runtime.ExitEvidence;
import io.vyra.modulemanager.runtime.ModuleProcess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The documents of the REST contract ({@code openapi.yaml}) as JSON: the same fields with the same values, whatever carries them. Thread-safe.
 */
final class Documents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode object() {
        return JSON.objectNode();
    }

    ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    ObjectNode list(List<? extends JsonNode> items) {
        ObjectNode list = object();
        list.putArray("items").addAll(items);
        return list;
    }

    ObjectNode page(Page<? extends JsonNode> page) {
        return list(page.items()).put("next", page.next().orElse(null));
    }

    ObjectNode module(ModuleView view) {
        ObjectNode module = object().put("id", view.id())
                .put("name", view.name())
                .put("instance_id", view.instanceId())
                .put("alias", view.alias().orElse(null))
                .put("display_name", view.about().displayName())
                .put("description", view.about().description())
                .put("author", view.about().author())
                .put("icon", view.about().icon().orElse(null));
        module.set("blueprints", texts(view.about().blueprints()));
        module.put("version", view.version().orElse(null));
        module.putObject("desired")
                .put("state", view.desiredState().name().toLowerCase(Locale.ROOT))
                .put("version", view.desiredVersion().orElse(null));
        module.set("state", state(view.state()));
        module.set("runtime", runtime(view.runtime()));
        module.set("permissions", permissions(view.permissions()));
        module.put("primary", view.primary()).put("pinned", view.pinned());
        module.set("update", view.update().<JsonNode>map(this::update).orElse(null));
        module.put("operation", view.operation().orElse(null));
        module.set("dependencies", dependencies(view.dependencies()));
        ObjectNode labels = module.putObject("labels");
        view.labels().forEach(labels::put);
        // Over REST it is a header.
        return module.put("etag", view.etag());
    }

    ArrayNode dependencies(List<Manifest.Dependency> dependencies) {
        ArrayNode array = JSON.arrayNode();
        dependencies.forEach(needed -> array.addObject()
                .put("name", needed.name())
                .put("range", needed.range().toString())
                .put("optional", needed.optional()));
        return array;
    }

    private ObjectNode permissions(Manifest.Permissions permissions) {
        return object().put("visible", permissions.visible())
                .put("removable", permissions.removable())
                .put("updatable", permissions.updatable())
                .put("suspendable", permissions.suspendable())
                .put("multi_instance", permissions.multiInstance())
                .put("protected", permissions.isProtected());
    }

    private ObjectNode update(ModuleView.AvailableUpdate update) {
        return object().put("version", update.version()).put("repository", update.repository());
    }

    private ObjectNode state(ModuleView.State state) {
        return object().put("phase", state.phase().wire())
                .put("lifecycle", state.lifecycle().orElse(null))
                .put("operational", state.operational().orElse(null))
                .put("health", state.health())
                .put("since", state.since().toString())
                .put("reason", state.reason());
    }

    private ObjectNode runtime(ModuleView.Runtime runtime) {
        ObjectNode body = object().put("kind", runtime.kind())
                .put("pid", runtime.pid().orElse(null))
                .put("started_at", runtime.startedAt().map(Object::toString).orElse(null))
                .put("restarts", runtime.restarts());
        body.set("last_exit", runtime.lastExit().<JsonNode>map(this::exit).orElse(null));
        body.set("unenforced_limits", texts(runtime.unenforcedLimits()));
        return body;
    }

    private ObjectNode exit(ExitEvidence exit) {
        ObjectNode body = object();
        body.put("code", exit.code().isPresent() ? (Integer) exit.code().getAsInt() : null);
        body.put("signal", exit.signal().isPresent() ? (Integer) exit.signal().getAsInt() : null);
        body.put("at", exit.at().toString())
                .put("oom", exit.outOfMemory())
                .put("ran_for", exit.ranFor().toMillis() / 1000.0)
                .put("note", exit.note());
        body.set("log_tail", texts(exit.lastLines()));
        return body;
    }

    ObjectNode explanation(Explanation explanation) {
        ObjectNode body = object().put("module_id", explanation.moduleId())
                .put("phase", explanation.phase())
                .put("summary", explanation.summary());
        ArrayNode blockers = body.putArray("blocked_by");
        explanation
                .blockedBy()
                .forEach(blocker -> blockers.addObject()
                        .put("module_id", blocker.moduleId())
                        .put("phase", blocker.phase())
                        .put("reason", blocker.reason()));
        ArrayNode transitions = body.putArray("last_transitions");
        explanation.lastTransitions().forEach(transition -> transitions.add(transition(transition)));
        body.put("next_retry", explanation.nextRetry().map(Object::toString).orElse(null))
                .put("restarts_left", explanation.restartsLeft());
        body.set("unblock", texts(explanation.unblock()));
        return body;
    }

    ObjectNode transition(TransitionView transition) {
        return object().put("module_id", transition.moduleId())
                .put("at", transition.at().toString())
                .put("from", transition.from())
                .put("to", transition.to())
                .put("cause", transition.cause());
    }

    ObjectNode logLine(LogLine line) {
        return object().put("at", line.at().toString())
                .put("stream", line.stream())
                .put("text", line.text());
    }

    /** What of its stats is told of all modules at once. */
    ObjectNode usage(ModuleStats stats) {
        Optional<ModuleProcess.Usage> usage = stats.usage();
        ObjectNode body = object().put("module_id", stats.moduleId());
        body.put("cpu_seconds", usage.map(ModuleProcess.Usage::cpuSeconds).orElse(null));
        body.put("memory_bytes", usage.map(ModuleProcess.Usage::memoryBytes).orElse(null));
        body.put("processes", usage.map(ModuleProcess.Usage::processes).orElse(null));
        return body.put("restarts", stats.restarts());
    }

    ObjectNode stats(ModuleStats stats) {
        ObjectNode body = usage(stats)
                .put("availability", stats.availability())
                .put("wanted", stats.wanted().toMillis() / 1000.0)
                .put("available", stats.available().toMillis() / 1000.0);
        ArrayNode exits = body.putArray("exits");
        stats.exits().forEach(exit -> exits.add(exit(exit)));
        return body;
    }

    ObjectNode parameterChange(ParameterChange change) {
        ObjectNode body = object().put("id", change.id())
                .put("at", change.at().toString())
                .put("author", change.author());
        body.set("before", change.before());
        body.set("after", change.after());
        return body;
    }

    ObjectNode keptVersion(KeptVersion kept) {
        ObjectNode body = object().put("module_id", kept.moduleId())
                .put("version", kept.version())
                .put("bytes", kept.bytes())
                .put("installed_at", kept.installedAt().toString())
                .put("kept", kept.isKept());
        body.set("reasons", texts(kept.reasons()));
        return body;
    }

    ObjectNode operation(Operation operation) {
        ObjectNode body = object().put("id", operation.id())
                .put("kind", operation.kind().wire())
                .put("module_id", operation.moduleId())
                .put("status", operation.status().wire())
                .put("percent", operation.percent());
        ArrayNode steps = body.putArray("steps");
        operation.steps().forEach(step -> steps.add(step(step)));
        body.put("cause", operation.cause())
                .put("created_by", operation.createdBy())
                .put("created_at", operation.createdAt().toString())
                .put("started_at", operation.startedAt().map(Object::toString).orElse(null))
                .put("deadline", operation.deadline().toString())
                .put("ended_at", operation.endedAt().map(Object::toString).orElse(null))
                .put("cancel_requested", operation.cancelRequested());
        body.set("problem", operation.problem().<JsonNode>map(this::problem).orElse(null));
        return body;
    }

    private ObjectNode step(Operation.StepProgress step) {
        return object().put("id", step.id())
                .put("title", step.title())
                .put("status", step.status().wire())
                .put("percent", step.percent())
                .put("started_at", step.startedAt().map(Object::toString).orElse(null))
                .put("ended_at", step.endedAt().map(Object::toString).orElse(null))
                .put("detail", step.detail());
    }

    /** RFC 9457; what explains the type lies at the same path of the manager's REST address. */
    ObjectNode problem(Problem problem) {
        ObjectNode body = object().put("type", "/problems/" + problem.type().code())
                .put("title", problem.type().title())
                .put("status", problem.type().status())
                .put("detail", problem.detail())
                .put("code", problem.type().code());
        if (!problem.errors().isEmpty()) {
            ArrayNode errors = body.putArray("errors");
            problem.errors()
                    .forEach(error ->
                            errors.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
        }
        return body;
    }
}
