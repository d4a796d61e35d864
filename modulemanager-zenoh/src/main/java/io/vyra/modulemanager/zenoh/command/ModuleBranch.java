package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The modules themselves: {@code api/modules}, and of all of them at once {@code api/stats} and {@code api/retention}. Thread-safe. */
final class ModuleBranch implements Branch {
    private static final int LONGEST = 128;
    private static final int LONGEST_ALIAS = 64;
    private static final int MOST_LINES = 5_000;

    private final ModuleManager manager;
    private final Permissions permissions;
    private final ModuleTalk talk;
    private final InstantSource clock;
    private final Documents documents = new Documents();

    ModuleBranch(ModuleManager manager, Permissions permissions, ModuleTalk talk, InstantSource clock) {
        this.manager = manager;
        this.permissions = permissions;
        this.talk = talk;
        this.clock = clock;
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        return switch (path.getFirst() + "/" + path.size()) {
            case "modules/1" -> list(request);
            case "modules/2" -> one(path.get(1), request);
            case "modules/3", "modules/4" -> ofModule(path, request);
            case "stats/1" -> usages(request);
            case "retention/1" -> retention(request);
            default -> throw ApiCatalog.nothingAt(path);
        };
    }

    // ---- reading ----

    private JsonNode list(Request request) {
        Optional<ModuleView.Phase> phase = request.constant("state", ModuleView.Phase.class);
        Optional<String> text = request.text("q", LONGEST);
        Page.Wanted wanted = Page.Wanted.of(request, key -> ModuleId.parse(key).isPresent());
        request.refuseUnknown();
        List<ModuleView> behind = manager.modules(request.caller()).stream()
                .filter(module -> phase.isEmpty() || module.state().phase() == phase.get())
                .filter(module -> text.isEmpty() || mentions(module, text.get()))
                .filter(module -> permissions.isReadable(request, module.id()))
                .filter(module -> wanted.after().isEmpty()
                        || module.id().compareTo(wanted.after().get()) > 0)
                .toList();
        Page<ModuleView> page = wanted.cut(behind, ModuleView::id);
        return documents.page(
                new Page<>(page.items().stream().map(documents::module).toList(), page.next()));
    }

    private static boolean mentions(ModuleView module, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(
                        module.id(),
                        module.alias().orElse(""),
                        module.about().displayName(),
                        module.about().description())
                .anyMatch(place -> place.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private JsonNode one(String id, Request request) {
        request.refuseUnknown();
        return documents.module(permissions.readable(id, request));
    }

    private JsonNode ofModule(List<String> path, Request request) {
        String id = path.get(1);
        String what = String.join("/", path.subList(2, path.size()));
        return switch (what) {
            case "explain", "history", "versions", "stats", "logs" ->
                insight(permissions.readable(id, request).id(), what, request);
            case "start", "stop", "restart", "suspend", "resume" ->
                command(id, Command.valueOf(what.toUpperCase(Locale.ROOT)), Role.OPERATOR, request);
            case "rollback" -> command(id, Command.ROLLBACK, Role.DEVELOPER, request);
            case "change" -> change(id, request);
            case "update" -> update(id, request);
            case "remove" -> remove(id, request);
            case "params" -> talk.parameters(id, request);
            case "params/set" -> talk.setParameters(id, request);
            case "params/history" -> talk.parameterHistory(id, request);
            case "params/restore" -> talk.restoreParameters(id, request);
            case "interfaces" -> talk.interfaces(id, request);
            case "call" -> talk.call(id, request);
            default -> throw ApiCatalog.nothingAt(path);
        };
    }

    private JsonNode insight(String id, String what, Request request) {
        int limit = switch (what) {
            case "history" -> request.number("limit", Page.USUAL_LIMIT, 1, Page.MOST);
            case "logs" -> request.number("tail", 200, 0, MOST_LINES);
            default -> 0;
        };
        request.refuseUnknown();
        return switch (what) {
            case "explain" -> documents.explanation(manager.explain(id, request.caller()));
            case "history" ->
                documents.list(manager.history(id, limit, request.caller()).stream()
                        .map(documents::transition)
                        .toList());
            case "versions" ->
                documents.list(manager.versions(id, request.caller()).stream()
                        .map(documents::keptVersion)
                        .toList());
            case "stats" -> documents.stats(manager.stats(id, request.caller()));
            default ->
                documents.list(manager.logs(id, limit, request.caller()).stream()
                        .map(documents::logLine)
                        .toList());
        };
    }

    private JsonNode usages(Request request) {
        request.refuseUnknown();
        Instant at = clock.instant();
        return documents
                .list(manager.modules(request.caller()).stream()
                        .filter(module -> permissions.isReadable(request, module.id()))
                        .flatMap(module -> stats(module, request).stream())
                        .map(documents::usage)
                        .toList())
                .put("at", at.toString());
    }

    private Optional<ModuleStats> stats(ModuleView module, Request request) {
        try {
            return Optional.of(manager.stats(module.id(), request.caller()));
        } catch (ProblemException e) {
            if (e.type() == ProblemType.MODULE_NOT_FOUND) {
                // It was removed since it was listed.
                return Optional.empty();
            }
            throw e;
        }
    }

    private JsonNode retention(Request request) {
        request.refuseUnknown();
        return documents.list(manager.retention(request.caller()).stream()
                .filter(kept -> permissions.isReadable(request, kept.moduleId()))
                .map(documents::keptVersion)
                .toList());
    }

    // ---- commands ----

    private JsonNode command(String id, Command command, Role role, Request request) {
        Permissions.require(role, request);
        CommandContext context = request.context("modules/" + id + "/" + command);
        return documents.operation(manager.command(id, command, context));
    }

    /** Over REST a PATCH, with the tag in {@code If-Match}. */
    private JsonNode change(String id, Request request) {
        Permissions.require(Role.OPERATOR, request);
        Optional<DesiredState> state = request.constant("desired_state", DesiredState.class);
        Optional<String> version = range(request, "desired_version");
        Optional<String> alias = request.textOrNothing("alias", LONGEST_ALIAS);
        Optional<Boolean> primary = request.flag("primary");
        Optional<Boolean> pinned = request.flag("pinned");
        boolean isOfStateOnly = version.isEmpty() && alias.isEmpty() && primary.isEmpty() && pinned.isEmpty();
        if (!isOfStateOnly) {
            Permissions.require(Role.DEVELOPER, request);
        } else if (state.isEmpty()) {
            throw Request.wrong("", "must change something");
        }
        String etag = request.text("etag", LONGEST)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.IF_MATCH_REQUIRED,
                        "The argument etag is missing. Read the module and send its etag along with the change."));
        CommandContext context = request.context("modules/" + id + "/change");
        return documents.operation(
                manager.change(id, new ModuleChange(state, version, alias, primary, pinned), etag, context));
    }

    private JsonNode update(String id, Request request) {
        Permissions.require(Role.DEVELOPER, request);
        String version = range(request, "version").orElseThrow(() -> Request.wrong("version", "is missing"));
        Optional<String> etag = request.text("etag", LONGEST);
        CommandContext context = request.context("modules/" + id + "/update");
        ModuleChange change = new ModuleChange(
                Optional.empty(), Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty());
        ModuleView view = manager.module(id, request.caller());
        return documents.operation(manager.change(id, change, etag.orElse(view.etag()), context));
    }

    private static Optional<String> range(Request request, String field) {
        Optional<String> range = request.textOrNothing(field, LONGEST);
        Checks checks = new Checks();
        ModuleFields.range(checks, "/" + field, range.orElse(null));
        checks.requireNone();
        return range;
    }

    private JsonNode remove(String id, Request request) {
        Permissions.require(Role.DEVELOPER, request);
        boolean keepData = request.flag("keep_data").orElse(false);
        CommandContext context = request.context("modules/" + id + "/remove");
        return documents.operation(manager.remove(id, keepData, context));
    }
}
