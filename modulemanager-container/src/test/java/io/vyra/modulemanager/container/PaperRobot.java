package io.vyra.modulemanager.container;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.ManagerSettings;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.runtime.BusProbe;
import io.vyra.modulemanager.store.TestPackage;
import io.vyra.modulemanager.supervision.RestartPolicy;
import io.vyra.modulemanager.supervision.Suspension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A whole manager with an engine of paper, and a repository of modules whose images lie beside their packages. */
final class PaperRobot implements AutoCloseable {
    static final Caller CALLER = Caller.MANAGER;
    private static final Path SHIM = Path.of("../modulemanager-core/target/native/module-shim");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final PaperEngine engine;
    private final String network;
    private final List<String> index = new ArrayList<>();
    private ManagerAssembly assembly;
    private ContainerRuntime containers;

    PaperRobot(Path folder, PaperEngine engine) throws IOException {
        this(folder, engine, "host");
    }

    /** @param network of modules that do not say */
    PaperRobot(Path folder, PaperEngine engine, String network) throws IOException {
        this.folder = folder;
        this.engine = engine;
        this.network = network;
        Files.createDirectories(repository());
        writeIndex();
        start();
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    private void writeIndex() throws IOException {
        Files.writeString(
                repository().resolve("index.json"),
                "{\"name\": \"test\", \"modules\": [" + String.join(", ", index)
                        + "], \"plugins\": [], \"images\": []}");
    }

    private void start() {
        ManagerSettings usual = ManagerSettings.of(folder.resolve("data"), SHIM);
        assembly = new ManagerAssembly(
                new ManagerSettings(
                        usual.name(),
                        usual.data(),
                        usual.shim(),
                        usual.managerUrl(),
                        usual.environment(),
                        false,
                        Optional.empty(),
                        List.of(new ManagerSettings.SeedRepository(
                                "test", "Test", repository().toUri().toString())),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        new RestartPolicy.Settings(
                                Duration.ofMillis(50),
                                Duration.ofMillis(400),
                                4,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                Duration.ofMillis(900)),
                        usual.retention(),
                        usual.logRotation(),
                        usual.planLimits(),
                        usual.transferLimits(),
                        usual.unpackLimits()),
                StepBoundary.NONE);
        containers = TestGround.runtime(engine, network, assembly.runtimeGround());
        assembly.runtimeGround().choice().plug(containers);
        assembly.start();
    }

    /** From now on the manager has a bus at these addresses. */
    void bus(String... routers) {
        assembly.busSocket().plug(Suspension.NONE, BusProbe.NONE, () -> List.of(routers));
    }

    ModuleManager modules() {
        return assembly.moduleManager();
    }

    Path data() {
        return folder.resolve("data");
    }

    /**
     * Puts a module into the repository whose image lies beside its package.
     *
     * @param variant  which the package wants
     * @param checksum of the image, as the index says it; empty when it does not
     */
    void offerBeside(String name, String version, String variant, byte[] image, String checksum, String script)
            throws IOException {
        String file = "modules/" + name + "/" + version + "/production.tar.gz";
        Files.createDirectories(repository().resolve(file).getParent());
        Files.write(repository().resolve(file), image);
        add(
                name,
                version,
                described(name, version, "variant: " + variant, script),
                ", \"images\": {\"production\": {\"filename\": \"%s\", \"checksum\": \"%s\"}}"
                        .formatted(file, checksum));
    }

    private static TestPackage described(String name, String version, String image, String script) {
        return TestPackage.empty()
                .file(".module/module_data.yaml", """
                        name: %s
                        version: %s
                        display_name: %s
                        description: a module for tests
                        author: tests
                        """.formatted(name, version, name))
                .file(".module/module_params.yaml", """
                        behavior:
                          health_check: {interval_seconds: 0.5, timeout_seconds: 20, retries: 3, start_period_seconds: 20}
                        """)
                .file(".module/module_runtime.yaml", """
                        kind: container
                        image: {%s}
                        entrypoint: [/bin/sh, -c]
                        command: ["%s"]
                        pausable: true
                        stop: {timeout_seconds: 2}
                        """.formatted(image, script));
    }

    private void add(String name, String version, TestPackage module, String more) throws IOException {
        String file = "modules/" + name + "/" + version + "/" + name + "_" + version + ".tar.gz";
        Files.createDirectories(repository().resolve(file).getParent());
        module.writeTo(repository().resolve(file));
        index.add(
                "{\"name\": \"%s\", \"version\": \"%s\", \"filename\": \"%s\"%s}".formatted(name, version, file, more));
        writeIndex();
        assembly.refresher().refreshAll();
    }

    Operation install(String name, String version) {
        return await(modules()
                .install(
                        new ModuleManager.InstallRequest(
                                name, Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty()),
                        CommandContext.of(CALLER)));
    }

    Operation await(Operation operation) {
        return Awaitility.await("end of " + operation.kind())
                .atMost(PATIENCE)
                .until(
                        () -> modules().operation(operation.id(), CALLER),
                        it -> it.status().isFinal());
    }

    ModuleView awaitPhase(String id, ModuleView.Phase phase) {
        return Awaitility.await(id + " to be " + phase)
                .atMost(PATIENCE)
                .until(() -> view(id), it -> it.state().phase() == phase);
    }

    ModuleView view(String id) {
        return modules().module(id, CALLER);
    }

    @Override
    public void close() {
        assembly.stopModules(Duration.ofSeconds(60));
        assembly.close();
        containers.close();
    }
}
