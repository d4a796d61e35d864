package io.vyra.modulemanager.ros2;

import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.ManagerSettings;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.ros2.connection.BridgeSettings;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole manager with its face, in a folder of the test's, and programs beside it in the graph. Modules are processes that only sleep. */
public final class Robot implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SHIM = Path.of("../modulemanager-core/target/native/module-shim")
            .toAbsolutePath()
            .normalize();

    public final ManagerAssembly assembly;
    public final Ros2Face face;
    private final Path folder;
    private final BridgeSettings settings;
    private final List<RosContext> others = new ArrayList<>();

    public Robot(Path folder, BridgeSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.assembly = new ManagerAssembly(settings(folder.resolve("data")), StepBoundary.NONE);
        this.face = new Ros2Face(
                settings,
                new Ros2Face.Ground(
                        assembly.moduleManager(),
                        assembly.reports(),
                        assembly.feed(),
                        assembly.busSocket(),
                        Map.of("version", "1.2.3"),
                        Clock.systemUTC()));
        face.start();
        assembly.start();
        await("the bridge").atMost(PATIENCE).until(() -> face.bridge().status().connected());
    }

    /** The defaults, but a new version need not stay healthy for long. */
    private static ManagerSettings settings(Path data) {
        ManagerSettings usual = ManagerSettings.of(data, SHIM);
        return new ManagerSettings(
                usual.data(),
                usual.shim(),
                usual.managerUrl(),
                usual.environment(),
                usual.slim(),
                usual.restoreFrom(),
                usual.seeds(),
                Duration.ofSeconds(1),
                usual.operationTimeout(),
                usual.refreshEvery(),
                usual.restarts(),
                usual.retention(),
                usual.logRotation(),
                usual.planLimits(),
                usual.transferLimits(),
                usual.unpackLimits());
    }

    public ModuleManager manager() {
        return assembly.moduleManager();
    }

    /** Another program's node in the same graph. */
    public RosNode join(String namespace, String name) throws IOException {
        RosContext context = RosContext.open(settings.context());
        others.add(context);
        return context.createNode(namespace, name);
    }

    /** A module whose process sleeps; it is running. */
    public ModuleId installSleeper(String name) throws IOException, InterruptedException {
        return install(name, "{kind: process}");
    }

    /** The same with another probe. */
    public ModuleId install(String name, String probe) throws IOException, InterruptedException {
        Operation operation = ended(manager()
                .installFile(
                        packageOf(name, "1.0.0", probe),
                        Optional.empty(),
                        Optional.of(true),
                        CommandContext.of(Caller.MANAGER)));
        if (operation.status() != Operation.Status.SUCCEEDED) {
            throw new AssertionError("not installed: " + operation);
        }
        return ModuleId.parse(operation.moduleId()).orElseThrow();
    }

    /** A package file of a module whose process sleeps. */
    public Path packageOf(String name, String version) throws IOException, InterruptedException {
        return packageOf(name, version, "{kind: process}");
    }

    private Path packageOf(String name, String version, String probe) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("sources").resolve(name + "-" + version));
        write(tree, name, version, probe);
        Path file = folder.resolve(name + "-" + version + ".tar.gz");
        Process tar =
                new ProcessBuilder("tar", "czf", file.toString(), "-C", tree.toString(), ".module", "run.sh").start();
        if (tar.waitFor() != 0) {
            throw new IOException(
                    "tar failed: " + new String(tar.getErrorStream().readAllBytes()));
        }
        return file;
    }

    private static void write(Path tree, String name, String version, String probe) throws IOException {
        Files.createDirectories(tree.resolve(".module"));
        Path run = Files.writeString(tree.resolve("run.sh"), "#!/bin/sh\nexec sleep 1000\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tree.resolve(".module/module_data.yaml"), """
                name: %s
                version: %s
                display_name: %s
                description: a module for tests
                author: tests
                """.formatted(name, version, name));
        Files.writeString(tree.resolve(".module/module_params.yaml"), """
                behavior:
                  auto_start: true
                  health_check: {enabled: true, interval_seconds: 0.2, timeout_seconds: 2, retries: 2, start_period_seconds: 20}
                """);
        Files.writeString(tree.resolve(".module/module_runtime.yaml"), """
                kind: process
                command: [./run.sh]
                probe: %s
                stop: {timeout_seconds: 2}
                """.formatted(probe));
    }

    public Operation ended(Operation operation) {
        return await("end of " + operation.kind())
                .atMost(PATIENCE)
                .until(
                        () -> manager().operation(operation.id(), Caller.MANAGER),
                        it -> it.status().isFinal());
    }

    public ModuleView view(ModuleId module) {
        return manager().module(module.toString(), Caller.MANAGER);
    }

    @Override
    public void close() {
        others.forEach(RosContext::close);
        face.close();
        assembly.stopModules(Duration.ofSeconds(10));
        assembly.close();
    }
}
