package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    private PythonModule developer;

    @BeforeEach
    void begin() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "dora:developer:d\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        robot = new Robot(
                folder,
                Settings.of(Map.of(
                        "vyra.zenoh.listen", "tcp/127.0.0.1:0",
                        "vyra.zenoh.access", "authenticated",
                        "vyra.zenoh.users", users.toString())));
        developer = PythonModule.connectedTo(
                Endpoint.parse(robot.face.status().snapshot().endpoints().getFirst()),
                new ModuleId("visitor", "8".repeat(32)),
                "transport/auth/usrpwd/user=\"dora\"",
                "transport/auth/usrpwd/password=\"d\"");
    }

    @AfterEach
    void end() {
        developer.close();
        robot.close();
    }

    @Test
    void shouldEndAlikeThroughTheFaceAndThroughTheService() throws Exception {
        ModuleId first = robot.installSleeper("first");
        ModuleId second = robot.installSleeper("second");

        List<String> throughTheService = SCENARIO.stream()
                .map(step -> step + ": " + throughTheService(first, step))
                .toList();
        List<String> throughTheFace = SCENARIO.stream()
                .map(step -> step + ": " + throughTheFace(second, step))
                .toList();

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

    private String throughTheFace(ModuleId module, String step) {
        String[] words = step.split(" ");
        String payload = words.length > 1 ? "{\"version\":\"" + words[1] + "\"}" : "{}";
        List<String> reply =
                developer
                        .tell("ask", robot.manager().self() + "/api/modules/" + module + "/" + words[0], payload)
                        .stream()
                        .filter(event -> event.getFirst().equals("reply"))
                        .findFirst()
                        .orElseThrow();
        JsonNode body = parsed(reply.get(3));
        return reply.get(1).equals("ok")
                ? ended(robot.manager().operation(body.path("id").asText(), Caller.MANAGER))
                : body.path("code").asText();
    }

    private String ended(Operation operation) {
        Operation end = robot.ended(operation);
        return end.problem()
                .map(problem -> problem.type().code())
                .orElse(end.status().wire());
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
