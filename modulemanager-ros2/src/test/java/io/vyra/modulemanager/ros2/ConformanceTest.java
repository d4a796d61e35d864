package io.vyra.modulemanager.ros2;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same scenario through the face and through the service it stands on: the same ends, the same problems. */
class ConformanceTest {
    private static final List<String> SCENARIO = List.of(
            "suspend",
            "stop",
            "suspend",
            "resume",
            "start",
            "restart",
            "rollback",
            "update ^9",
            "update nonsense",
            "remove",
            "start");

    @TempDir
    private Path folder;

    private Robot robot;
    private Asker asker;

    @BeforeEach
    void begin() throws Exception {
        robot = new Robot(folder, Settings.local(Domains.free(), Map.of("mm.ros2.role", "developer")));
        asker = new Asker(robot.join("/", "user"), robot.manager().self());
    }

    @AfterEach
    void end() {
        robot.close();
    }

    @Test
    void shouldEndAlikeThroughTheFaceAndThroughTheService() throws Exception {
        ModuleId first = robot.installSleeper("first");
        ModuleId second = robot.installSleeper("second");
        List<String> throughTheService = new ArrayList<>();
        List<String> throughTheFace = new ArrayList<>();

        for (String step : SCENARIO) {
            throughTheService.add(step + ": " + throughTheService(first, step));
            throughTheFace.add(step + ": " + throughTheFace(second, step));
        }

        assertThat(throughTheFace).isEqualTo(throughTheService);
        assertThat(throughTheFace)
                .contains("stop: succeeded", "restart: succeeded", "remove: succeeded", "start: module-not-found")
                .contains("suspend: suspend-not-supported", "rollback: nothing-to-roll-back");
    }

    private String throughTheService(ModuleId module, String step) {
        CommandContext context = CommandContext.of(new Caller("dora", Role.DEVELOPER));
        ModuleManager manager = robot.manager();
        try {
            return ended(
                    switch (step.split(" ")[0]) {
                        case "update" ->
                            manager.change(
                                    module.toString(),
                                    new ModuleChange(
                                            Optional.empty(),
                                            Optional.of(step.split(" ")[1]),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty()),
                                    "*",
                                    context);
                        case "remove" -> manager.remove(module.toString(), false, context);
                        default ->
                            manager.command(module.toString(), Command.valueOf(step.toUpperCase(Locale.ROOT)), context);
                    });
        } catch (ProblemException e) {
            return e.type().code();
        }
    }

    private String throughTheFace(ModuleId module, String step) throws Exception {
        String[] words = step.split(" ");
        String id = module.toString();
        return switch (words[0]) {
            case "update" -> ended(asker.reach("update_module", "UpdateModule", Map.of("id", id, "version", words[1])));
            case "remove" -> ended(asker.reach("remove_module", "RemoveModule", Map.of("id", id)));
            default -> {
                Map<String, Object> answer =
                        asker.call("set_module_state", "SetModuleState", Map.of("id", id, "command", words[0]));
                yield (Boolean) answer.get("success")
                        ? ended(robot.manager().operation((String) answer.get("operation_id"), Caller.MANAGER))
                        : Asker.problem(answer);
            }
        };
    }

    private static String ended(Asker.Reached reached) {
        return reached.problem().isEmpty() ? (String) reached.outcome().result().get("status") : reached.problem();
    }

    private String ended(Operation operation) {
        Operation end = robot.ended(operation);
        return end.problem()
                .map(problem -> problem.type().code())
                .orElse(end.status().wire());
    }
}
