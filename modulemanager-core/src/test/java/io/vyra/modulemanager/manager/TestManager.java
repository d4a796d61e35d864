package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.authoring.BuiltPackage;
import io.vyra.modulemanager.authoring.PackageBuilder;
import io.vyra.modulemanager.authoring.RepositoryIndexer;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import io.vyra.modulemanager.supervision.RestartPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A whole manager in a folder of the test's, with a repository of sample modules and times made for tests. */
public final class TestManager implements AutoCloseable {
    /** The same from every module of the build. */
    static final Path SHIM = Path.of("../modulemanager-core/target/native/module-shim");

    public static final Caller CALLER = Caller.MANAGER;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final SampleRuntime runtime;
    private final StepBoundary boundary;
    private final UnaryOperator<ManagerSettings> adjustment;
    private ManagerAssembly assembly;
    private SampleRuntime.Plug plug;

    TestManager(Path folder) throws IOException {
        this(folder, new SampleProcesses());
    }

    TestManager(Path folder, StepBoundary boundary) throws IOException {
        this(folder, new SampleProcesses(), boundary, settings -> settings);
    }

    TestManager(Path folder, UnaryOperator<ManagerSettings> adjustment) throws IOException {
        this(folder, new SampleProcesses(), StepBoundary.NONE, adjustment);
    }

    public TestManager(Path folder, SampleRuntime runtime) throws IOException {
        this(folder, runtime, StepBoundary.NONE, settings -> settings);
    }

    TestManager(Path folder, SampleRuntime runtime, StepBoundary boundary) throws IOException {
        this(folder, runtime, boundary, settings -> settings);
    }

    private TestManager(
            Path folder, SampleRuntime runtime, StepBoundary boundary, UnaryOperator<ManagerSettings> adjustment)
            throws IOException {
        this.folder = folder;
        this.runtime = runtime;
        this.boundary = boundary;
        this.adjustment = adjustment;
        if (!Files.exists(repository())) {
            Files.createDirectories(repository());
            new RepositoryIndexer(Clock.systemUTC()).index(repository());
        }
        start();
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    static ManagerSettings settings(Path folder) {
        return settings(folder, new SampleProcesses().probation());
    }

    private static ManagerSettings settings(Path folder, Duration probation) {
        ManagerSettings defaults = ManagerSettings.of(folder.resolve("data"), SHIM);
        return new ManagerSettings(
                defaults.name(),
                defaults.data(),
                defaults.shim(),
                defaults.managerUrl(),
                defaults.environment(),
                false,
                Optional.empty(),
                List.of(new ManagerSettings.SeedRepository(
                        "test", "Test", folder.resolve("repository").toUri().toString())),
                probation,
                Duration.ofMinutes(3),
                Duration.ofHours(1),
                new RestartPolicy.Settings(
                        Duration.ofMillis(50),
                        Duration.ofMillis(400),
                        4,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(900)),
                defaults.retention(),
                defaults.logRotation(),
                defaults.planLimits(),
                defaults.transferLimits(),
                defaults.unpackLimits());
    }

    void start() {
        assembly = new ManagerAssembly(adjustment.apply(settings(folder, runtime.probation())), boundary);
        plug = runtime.plug(assembly);
        assembly.start();
    }

    /** Modules go on. */
    public void restart() {
        restart(() -> {});
    }

    /** Modules go on. @param meanwhile what happens while no manager runs */
    public void restart(Runnable meanwhile) {
        end();
        meanwhile.run();
        start();
    }

    private void end() {
        assembly.close();
        plug.close();
    }

    ManagerAssembly assembly() {
        return assembly;
    }

    public ModuleManager modules() {
        return assembly.moduleManager();
    }

    /** Puts modules into the repository and lets the manager see them. */
    public void offer(SampleModule... modules) throws IOException {
        offerTo(folder, runtime, modules);
        assembly.refresher().refreshAll();
    }

    static void offerTo(Path folder, SampleModule... modules) throws IOException {
        offerTo(folder, new SampleProcesses(), modules);
    }

    static void offerTo(Path folder, SampleRuntime runtime, SampleModule... modules) throws IOException {
        RepositoryIndexer indexer = new RepositoryIndexer(Clock.systemUTC());
        Path repository = folder.resolve("repository");
        for (SampleModule module : modules) {
            BuiltPackage built = new PackageBuilder()
                    .build(module.writeTo(folder.resolve("sources"), runtime), folder.resolve("packages"));
            indexer.add(repository, built.file());
        }
        indexer.index(repository);
    }

    public Operation beginInstall(String name, String version) {
        return modules()
                .install(
                        new InstallRequest(
                                name, Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty()),
                        CommandContext.of(CALLER));
    }

    public ModuleView install(String name, String version) {
        Operation operation = await(beginInstall(name, version));
        if (operation.status() != Operation.Status.SUCCEEDED) {
            throw new AssertionError("install did not succeed: " + operation);
        }
        return modules().module(operation.moduleId(), CALLER);
    }

    public Operation begin(ModuleView module, Command command) {
        return modules().command(module.id(), command, CommandContext.of(CALLER));
    }

    public Operation command(ModuleView module, Command command) {
        return await(begin(module, command));
    }

    public Operation update(ModuleView module, String version) {
        return await(beginUpdate(module, version));
    }

    public Operation beginUpdate(ModuleView module, String version) {
        return modules()
                .change(
                        module.id(),
                        new ModuleManager.ModuleChange(
                                Optional.empty(),
                                Optional.of(version),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        "*",
                        CommandContext.of(CALLER));
    }

    /** The file arrives as from a client: nothing of it is synced. */
    public Operation beginUpload(String name, String version) {
        try {
            Path uploaded = data().resolve("staging").resolve("upload-" + name + ".tar.gz");
            Files.write(
                    uploaded, Files.readAllBytes(folder.resolve("packages").resolve(name + "_" + version + ".tar.gz")));
            return modules().installFile(uploaded, Optional.empty(), Optional.empty(), CommandContext.of(CALLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Operation beginRemove(ModuleView module) {
        return modules().remove(module.id(), false, CommandContext.of(CALLER));
    }

    public Operation remove(ModuleView module) {
        return await(beginRemove(module));
    }

    public Operation await(Operation operation) {
        return Awaitility.await("end of " + operation.kind())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> modules().operation(operation.id(), CALLER),
                        it -> it.status().isFinal());
    }

    public ModuleView awaitPhase(ModuleView module, ModuleView.Phase phase) {
        return Awaitility.await(module.id() + " to be " + phase)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> view(module), it -> it.state().phase() == phase);
    }

    public ModuleView view(ModuleView module) {
        return modules().module(module.id(), CALLER);
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** Ends the manager and everything it runs. */
    @Override
    public void close() {
        assembly.stopModules(Duration.ofSeconds(60));
        end();
    }
}
