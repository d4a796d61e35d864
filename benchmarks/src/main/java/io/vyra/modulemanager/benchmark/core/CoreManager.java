package io.vyra.modulemanager.benchmark.core;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.authoring.BuiltPackage;
import io.vyra.modulemanager.authoring.PackageBuilder;
import io.vyra.modulemanager.authoring.RepositoryIndexer;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.feed.Subscription;
import io.vyra.modulemanager.manager.ManagerAssembly;
import io.vyra.modulemanager.manager.ManagerSettings;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A whole manager with its default settings in a folder, and a file repository beside it. For one thread.
 *
 * <p>Waiting is driven by the manager's own events, so that nothing is measured later than it happened.
 */
public final class CoreManager implements AutoCloseable {
    public static final Caller CALLER = Caller.MANAGER;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Path folder;
    private final ManagerAssembly assembly;
    private final Subscription events;

    public CoreManager(Path folder, Path shim) throws IOException {
        this.folder = folder;
        Files.createDirectories(repository());
        this.assembly = new ManagerAssembly(ManagerSettings.of(data(folder), shim), StepBoundary.NONE);
        assembly.start();
        this.events = assembly.feed().subscribe(event -> true);
    }

    /** Where a manager of this folder keeps its state. */
    public static Path data(Path folder) {
        return folder.resolve("d");
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    public Path data() {
        return data(folder);
    }

    public ModuleManager modules() {
        return assembly.moduleManager();
    }

    /** Packs modules and offers them; returns the packages. */
    public List<BuiltPackage> offer(List<Path> trees) throws IOException {
        RepositoryIndexer indexer = new RepositoryIndexer(Clock.systemUTC());
        for (Path tree : trees) {
            indexer.add(
                    repository(),
                    new PackageBuilder().build(tree, folder.resolve("packages")).file());
        }
        List<BuiltPackage> offered = indexer.index(repository());
        if (assembly.repositories().list().isEmpty()) {
            assembly.repositories()
                    .add(new Repository(
                            "benchmark",
                            "Benchmark",
                            repository().toUri().toString(),
                            100,
                            true,
                            "",
                            Optional.empty(),
                            Optional.empty()));
        }
        assembly.refresher().refreshAll();
        return offered;
    }

    /** Installs the newest version, stopped. */
    public ModuleView install(String name) throws InterruptedException {
        Operation operation = finish(modules()
                .install(
                        new InstallRequest(
                                name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(false)),
                        CommandContext.of(CALLER)));
        return modules().module(operation.moduleId(), CALLER);
    }

    /** Packs, offers and installs. */
    public ModuleView install(SampleTree module) throws IOException, InterruptedException {
        offer(List.of(module.writeTo(folder.resolve("trees"))));
        return install(module.name());
    }

    public void command(ModuleView module, Command command) throws InterruptedException {
        finish(begin(module, command));
    }

    public Operation begin(ModuleView module, Command command) {
        return modules().command(module.id(), command, CommandContext.of(CALLER));
    }

    public void remove(ModuleView module) throws InterruptedException {
        finish(modules().remove(module.id(), false, CommandContext.of(CALLER)));
    }

    /** Waits for its end, which must be a good one. */
    public Operation finish(Operation operation) throws InterruptedException {
        await(
                operation.kind() + " to end",
                () -> modules().operation(operation.id(), CALLER).status().isFinal());
        Operation ended = modules().operation(operation.id(), CALLER);
        if (ended.status() != Operation.Status.SUCCEEDED) {
            throw new IllegalStateException("did not succeed: " + ended);
        }
        return ended;
    }

    public ModuleView view(ModuleView module) {
        return modules().module(module.id(), CALLER);
    }

    public boolean isRunning(ModuleView module) {
        return view(module).state().phase() == ModuleView.Phase.RUNNING;
    }

    /** Looks whenever something happened in the manager. */
    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " took longer than " + PATIENCE.toSeconds() + " s");
            }
            events.next(LOOK_AGAIN);
        }
    }

    /** Ends the manager and every module. */
    @Override
    public void close() {
        events.close();
        assembly.stopModules(Duration.ofSeconds(20));
        assembly.close();
    }
}
