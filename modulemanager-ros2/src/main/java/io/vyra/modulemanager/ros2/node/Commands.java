package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what is asked of the manager in the graph, and has it done as whoever the configuration takes everybody there for. Thread-safe. */
final class Commands {
    private static final int LONGEST = 128;
    /** Of InstallModule. */
    private static final int START_YES = 1;

    private static final int START_NO = 2;

    private final ModuleManager manager;
    private final Caller caller;

    Commands(ModuleManager manager, Role role) {
        this.manager = manager;
        this.caller = new Caller("ros2", role);
    }

    ModuleManager manager() {
        return manager;
    }

    Caller caller() {
        return caller;
    }

    /** @throws ProblemException with the same types as over REST */
    Operation command(Map<String, Object> request) {
        String id = reference(request);
        String text = text(request, "command");
        Command command = Arrays.stream(Command.values())
                .filter(it -> wire(it).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "command",
                        "must be one of "
                                + Arrays.stream(Command.values())
                                        .map(Commands::wire)
                                        .collect(Collectors.joining(", "))));
        require(command == Command.ROLLBACK ? Role.DEVELOPER : Role.OPERATOR);
        return manager.command(id, command, CommandContext.of(caller));
    }

    private static String wire(Command command) {
        return command.name().toLowerCase(Locale.ROOT);
    }

    Operation install(Map<String, Object> goal) {
        require(Role.DEVELOPER);
        Optional<String> name = optional(goal, "name");
        Optional<String> version = optional(goal, "version");
        Optional<String> repository = optional(goal, "repository");
        Optional<String> instanceId = optional(goal, "instance_id");
        Checks checks = new Checks();
        ModuleFields.install(
                checks, name.orElse(null), version.orElse(null), repository.orElse(null), instanceId.orElse(null));
        checks.requireNone();
        Optional<Boolean> start = switch (((Number) goal.get("start")).intValue()) {
            case 0 -> Optional.empty();
            case START_YES -> Optional.of(true);
            case START_NO -> Optional.of(false);
            default -> throw wrong("start", "must be START_AS_MANIFEST, START_YES or START_NO");
        };
        InstallRequest install = new InstallRequest(name.orElseThrow(), version, repository, instanceId, start);
        return manager.install(install, CommandContext.of(caller));
    }

    Operation update(Map<String, Object> goal) {
        require(Role.DEVELOPER);
        String version = text(goal, "version");
        Checks checks = new Checks();
        ModuleFields.range(checks, "/version", version);
        checks.requireNone();
        ModuleView view = manager.module(reference(goal), caller);
        ModuleChange change = new ModuleChange(
                Optional.empty(), Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty());
        return manager.change(view.id(), change, view.etag(), CommandContext.of(caller));
    }

    Operation remove(Map<String, Object> goal) {
        require(Role.DEVELOPER);
        return manager.remove(reference(goal), (Boolean) goal.get("keep_data"), CommandContext.of(caller));
    }

    static String reference(Map<String, Object> request) {
        return text(request, "id");
    }

    private static String text(Map<String, Object> request, String field) {
        return optional(request, field).orElseThrow(() -> wrong(field, "is missing"));
    }

    /** Empty when the text is: a message has no other way to leave it out. */
    static Optional<String> optional(Map<String, Object> request, String field) {
        String text = (String) request.get(field);
        if (text.length() > LONGEST) {
            throw wrong(field, "must have at most " + LONGEST + " characters");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static ProblemException wrong(String field, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                "The value at /" + field + " " + detail + ".",
                List.of(new FieldError("/" + field, detail)));
    }

    private void require(Role role) {
        caller.require(
                role,
                "The manager's operator can set mm.ros2.role=" + role.wire()
                        + "; anybody in the graph of ROS 2 has it then.");
    }
}
