package io.vyra.modulemanager.manager;

import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole manager in a folder of a face's test, with a repository of sample modules. What needs the authoring tools is not used. */
public final class SampleRobot implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final String REPOSITORY = "test";
    /** From the folder of whatever Maven module the test is in. */
    private static final Path SHIM = Path.of("../modulemanager-core/target/native/module-shim")
            .toAbsolutePath()
            .normalize();

    private final ManagerAssembly assembly;
    private final Path folder;
    private final List<String> offers = new ArrayList<>();

    /** Nothing runs before {@link #start}. */
    public SampleRobot(Path folder) {
        this.folder = folder;
        this.assembly = new ManagerAssembly(settings(folder.resolve("data")), StepBoundary.NONE);
    }

    /** The defaults, but a new version need not stay healthy for long. */
    private static ManagerSettings settings(Path data) {
        ManagerSettings usual = ManagerSettings.of(data, SHIM);
        return new ManagerSettings(
                usual.name(),
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

    public void start() {
        assembly.start();
    }

    public ManagerAssembly assembly() {
        return assembly;
    }

    public ModuleManager manager() {
        return assembly.moduleManager();
    }

    /** Puts modules into the repository and lets the manager see them. */
    public synchronized void offer(SampleModule... modules) throws IOException {
        Path data = Files.createDirectories(folder.resolve("repository"));
        for (SampleModule module : modules) {
            Path file = module.packIn(data);
            offers.add("{\"name\":\"%s\",\"version\":\"%s\",\"filename\":\"%s\",\"size\":%d}"
                    .formatted(module.name(), module.version(), file.getFileName(), Files.size(file)));
        }
        Files.writeString(data.resolve("index.json"), "{\"modules\":[" + String.join(",", offers) + "]}");
        if (assembly.repositories().list().isEmpty()) {
            String url = data.toUri().toString();
            assembly.repositories()
                    .add(new Repository(REPOSITORY, "Test", url, 1, true, "", Optional.empty(), Optional.empty()));
        }
        assembly.refresher().refresh(REPOSITORY);
    }

    /** Installs a module from a file and starts it; it is running. */
    public ModuleId install(SampleModule module) throws IOException {
        return install(module, Optional.empty());
    }

    /** As a certain instance. */
    public ModuleId install(SampleModule module, Optional<String> instanceId) throws IOException {
        Operation operation = ended(manager()
                .installFile(
                        module.packIn(folder.resolve("uploads")),
                        instanceId,
                        Optional.of(true),
                        CommandContext.of(Caller.MANAGER)));
        if (operation.status() != Operation.Status.SUCCEEDED) {
            throw new AssertionError("not installed: " + operation);
        }
        return ModuleId.parse(operation.moduleId()).orElseThrow();
    }

    public Operation ended(Operation operation) {
        return ended(operation.id());
    }

    public Operation ended(String operation) {
        return await("end of operation " + operation)
                .atMost(PATIENCE)
                .until(
                        () -> manager().operation(operation, Caller.MANAGER),
                        it -> it.status().isFinal());
    }

    public ModuleView view(ModuleId module) {
        return manager().module(module.toString(), Caller.MANAGER);
    }

    /** Ends the modules; the manager can still be asked. */
    public void stopModules() {
        assembly.stopModules(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        stopModules();
        assembly.close();
    }
}
