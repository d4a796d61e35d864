package io.vyra.modulemanager.zenoh;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Account;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.ManagerSettings;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.zenoh.connection.BusSettings;
import io.vyra.modulemanager.zenoh.manager.ManagerLog;
import io.vyra.zenoh.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole manager with its face, in a folder of the test's. Modules are processes that only sleep, unless the test says otherwise. */
final class Robot implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SHIM = Path.of("../modulemanager-core/target/native/module-shim")
            .toAbsolutePath()
            .normalize();

    final ManagerAssembly assembly;
    final ZenohFace face;
    private final Path folder;

    Robot(Path folder, BusSettings settings) {
        this.folder = folder;
        this.assembly = new ManagerAssembly(ManagerSettings.of(folder.resolve("data"), SHIM), StepBoundary.NONE);
        this.face = new ZenohFace(
                settings,
                new ZenohFace.Ground(
                        assembly.moduleManager(),
                        assembly.reports(),
                        assembly.tokens(),
                        assembly.feed(),
                        assembly.busSocket(),
                        new ManagerLog(),
                        Map.of("bus_mode", "test"),
                        assembly.catalog(),
                        assembly.repositories(),
                        assembly.refresher(),
                        assembly.parameterHistory(),
                        () -> List.of(new Account("anna", Role.ADMIN, false, Instant.EPOCH)),
                        _ -> JsonNodeFactory.instance
                                .objectNode()
                                .put("id", assembly.moduleManager().self().toString()),
                        Clock.systemUTC()));
        face.start();
        assembly.start();
    }

    /** Where its router listens. */
    Endpoint endpoint() {
        return Endpoint.parse(face.status().snapshot().endpoints().getFirst());
    }

    ModuleManager manager() {
        return assembly.moduleManager();
    }

    /** A module whose process sleeps; what speaks for it on the bus, the test starts. */
    ModuleId installSleeper(String name) throws IOException, InterruptedException {
        return install(name, "exec sleep 1000", "{kind: process}", false);
    }

    /** Installs and starts a module of a shell script. */
    ModuleId install(String name, String script, String probe, boolean pausable)
            throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("sources").resolve(name));
        Path file = folder.resolve(name + ".tar.gz");
        write(tree, script, probe, pausable, name);
        Process tar =
                new ProcessBuilder("tar", "czf", file.toString(), "-C", tree.toString(), ".module", "run.sh").start();
        if (tar.waitFor() != 0) {
            throw new IOException(
                    "tar failed: " + new String(tar.getErrorStream().readAllBytes()));
        }
        Operation operation = ended(
                manager().installFile(file, Optional.empty(), Optional.of(true), CommandContext.of(Caller.MANAGER)));
        if (operation.status() != Operation.Status.SUCCEEDED) {
            throw new AssertionError("not installed: " + operation);
        }
        return ModuleId.parse(operation.moduleId()).orElseThrow();
    }

    private static void write(Path tree, String script, String probe, boolean pausable, String name)
            throws IOException {
        Files.createDirectories(tree.resolve(".module"));
        Path run = Files.writeString(tree.resolve("run.sh"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tree.resolve(".module/module_data.yaml"), """
                name: %s
                version: 1.0.0
                display_name: %s
                description: a module for tests
                author: tests
                """.formatted(name, name));
        Files.writeString(tree.resolve(".module/module_params.yaml"), """
                behavior:
                  auto_start: true
                  health_check: {enabled: true, interval_seconds: 0.2, timeout_seconds: 2, retries: 2, start_period_seconds: 20}
                """);
        Files.writeString(tree.resolve(".module/module_runtime.yaml"), """
                kind: process
                command: [./run.sh]
                pausable: %s
                probe: %s
                stop: {timeout_seconds: 2}
                """.formatted(pausable, probe));
    }

    Operation ended(Operation operation) {
        return await("end of " + operation.kind())
                .atMost(PATIENCE)
                .until(
                        () -> manager().operation(operation.id(), Caller.MANAGER),
                        it -> it.status().isFinal());
    }

    Operation command(ModuleId module, Command command) {
        return ended(manager().command(module.toString(), command, CommandContext.of(Caller.MANAGER)));
    }

    ModuleView view(ModuleId module) {
        return manager().module(module.toString(), Caller.MANAGER);
    }

    @Override
    public void close() {
        face.close();
        assembly.stopModules(Duration.ofSeconds(10));
        assembly.close();
    }
}
