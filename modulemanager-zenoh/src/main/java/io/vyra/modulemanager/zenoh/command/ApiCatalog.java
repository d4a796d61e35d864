package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be asked under {@code {id}/api/}, and which role it takes. Thread-safe.
 *
 * <p>A module that proved to be one reads what its token lets it read over REST: itself and the modules that its manifest names.
 */
final class ApiCatalog {
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");
    private static final int LONGEST = 128;
    private static final int MOST_OPERATIONS = 500;
    private static final int MOST_LINES = 1_000;

    private final ModuleManager manager;
    private final Documents documents = new Documents();

    ApiCatalog(ModuleManager manager) {
        this.manager = manager;
    }

    Documents documents() {
        return documents;
    }

    /**
     * Does what is asked.
     *
     * @param path what follows {@code api/} in the key, in its parts
     * @throws ProblemException with the same types as over REST
     */
    JsonNode answer(List<String> path, Request request) {
        String id = path.size() > 1 ? path.get(1) : "";
        return switch (path.getFirst() + "/" + path.size()) {
            case "modules/1" -> modules(request);
            case "modules/2" -> module(id, request);
            case "modules/3" -> ofModule(id, path.get(2), request);
            case "operations/1" -> operations(request);
            case "operations/2" -> operation(id, request);
            case "operations/3" -> ofOperation(id, path.get(2), request);
            case "retention/1" -> retention(request);
            case "install/1" -> install(request);
            default -> throw nothingAt(path);
        };
    }

    private static ProblemException nothingAt(List<String> path) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "There is nothing at api/" + String.join("/", path)
                        + ". There are api/modules[/{id}[/{what}]], api/operations[/{id}[/cancel]], api/retention and api/install.");
    }

    // ---- reading ----

    private JsonNode modules(Request request) {
        Optional<ModuleView.Phase> phase = request.constant("state", ModuleView.Phase.class);
        request.refuseUnknown();
        return documents.page(manager.modules(request.caller()).stream()
                .filter(module -> phase.isEmpty() || module.state().phase() == phase.get())
                .filter(module -> isReadable(request, module.id()))
                .map(documents::module)
                .toList());
    }

    private JsonNode module(String id, Request request) {
        request.refuseUnknown();
        return documents.module(readable(id, request));
    }

    /** The module, if the caller may read it; one that he may not is answered like one that is not there. */
    private ModuleView readable(String reference, Request request) {
        ModuleView view = manager.module(reference, request.caller());
        if (!isReadable(request, view.id())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "A module may read itself and those its manifest names, not " + view.id() + ".");
        }
        return view;
    }

    private boolean isReadable(Request request, String id) {
        Optional<ModuleId> asker = ModuleId.parse(request.caller().name());
        if (asker.isEmpty() || request.caller().role() != Role.VIEWER) {
            return true;
        }
        Set<ModuleId> readable = manager.readableBy(asker.get());
        return ModuleId.parse(id).filter(readable::contains).isPresent();
    }

    private JsonNode ofModule(String id, String what, Request request) {
        return switch (what) {
            case "explain", "history", "versions", "stats", "logs" ->
                insight(readable(id, request).id(), what, request);
            case "start", "stop", "restart", "suspend", "resume" ->
                command(id, Command.valueOf(what.toUpperCase(Locale.ROOT)), Role.OPERATOR, request);
            case "rollback" -> command(id, Command.ROLLBACK, Role.DEVELOPER, request);
            case "update" -> update(id, request);
            case "remove" -> remove(id, request);
            default -> throw nothingAt(List.of("modules", id, what));
        };
    }

    private JsonNode insight(String id, String what, Request request) {
        int limit = switch (what) {
            case "history" -> request.number("limit", 100, 1, MOST_OPERATIONS);
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

    private JsonNode retention(Request request) {
        request.refuseUnknown();
        return documents.list(manager.retention(request.caller()).stream()
                .filter(kept -> isReadable(request, kept.moduleId()))
                .map(documents::keptVersion)
                .toList());
    }

    private JsonNode operations(Request request) {
        Optional<String> module = request.text("module", LONGEST);
        Optional<Operation.Status> status = request.constant("status", Operation.Status.class);
        int limit = request.number("limit", 100, 1, MOST_OPERATIONS);
        request.refuseUnknown();
        return documents.page(manager.operations(new OperationFilter(module, status, limit), request.caller()).stream()
                .filter(operation -> isReadable(request, operation.moduleId()))
                .map(documents::operation)
                .toList());
    }

    private JsonNode operation(String id, Request request) {
        request.refuseUnknown();
        Operation operation = manager.operation(id, request.caller());
        if (!isReadable(request, operation.moduleId())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A module may read operations on itself and on those its manifest names.");
        }
        return documents.operation(operation);
    }

    // ---- commands ----

    private JsonNode ofOperation(String id, String what, Request request) {
        if (!what.equals("cancel")) {
            throw nothingAt(List.of("operations", id, what));
        }
        require(Role.OPERATOR, request);
        request.refuseUnknown();
        return documents.operation(manager.cancel(id, request.caller()));
    }

    private JsonNode command(String id, Command command, Role role, Request request) {
        require(role, request);
        CommandContext context = context("modules/" + id + "/" + command, request);
        return documents.operation(manager.command(id, command, context));
    }

    private JsonNode install(Request request) {
        require(Role.DEVELOPER, request);
        String name = request.requiredText("name", 64);
        if (!ModuleId.isName(name)) {
            throw Request.wrong(
                    "name", "must start with a lower-case letter and have lower-case letters, digits and underscores");
        }
        Optional<String> instanceId = request.text("instance_id", 32);
        if (instanceId.filter(uuid -> !ModuleId.isInstanceId(uuid)).isPresent()) {
            throw Request.wrong("instance_id", "must be 32 lower-case hexadecimal digits");
        }
        InstallRequest install = new InstallRequest(
                name,
                request.text("version", LONGEST),
                request.text("repository", 64),
                instanceId,
                request.flag("start"));
        return documents.operation(manager.install(install, context("install", request)));
    }

    private JsonNode update(String id, Request request) {
        require(Role.DEVELOPER, request);
        String version = request.requiredText("version", LONGEST);
        Optional<String> etag = request.text("etag", LONGEST);
        CommandContext context = context("modules/" + id + "/update", request);
        ModuleChange change = new ModuleChange(
                Optional.empty(), Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty());
        ModuleView view = manager.module(id, request.caller());
        return documents.operation(manager.change(id, change, etag.orElse(view.etag()), context));
    }

    private JsonNode remove(String id, Request request) {
        require(Role.DEVELOPER, request);
        boolean keepData = request.flag("keep_data").orElse(false);
        CommandContext context = context("modules/" + id + "/remove", request);
        return documents.operation(manager.remove(id, keepData, context));
    }

    private static void require(Role role, Request request) {
        Role own = request.caller().role();
        if (!own.includes(role)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "This needs the role " + role.wire() + ", and who asks ('"
                            + request.caller().name() + "') has " + own.wire()
                            + ". Connect as a user of vyra.zenoh.users to a listener with vyra.zenoh.access=authenticated.");
        }
    }

    /** To be called last: whatever was not asked for by then is unknown. */
    private static CommandContext context(String path, Request request) {
        Optional<String> key = request.text("idempotency_key", 255);
        if (key.filter(text -> !IDEMPOTENCY_KEY.matcher(text).matches()).isPresent()) {
            throw Request.wrong("idempotency_key", "must be 1 to 255 visible ASCII characters");
        }
        request.refuseUnknown();
        return new CommandContext(request.caller(), key, hash("zenoh\n" + path + "\n" + request.text()));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
