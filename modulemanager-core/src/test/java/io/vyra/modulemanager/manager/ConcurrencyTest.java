package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many modules at once, with real processes. */
class ConcurrencyTest {
    private static final int MODULES = 50;
    private static final int CALLERS = 8;
    private TestManager manager;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        manager = new TestManager(folder);
    }

    @AfterEach
    void end() {
        manager.close();
    }

    @Test
    void shouldLoseNothingWhenFiftyModulesAreInstalledAndRestartedAtOnce() throws Exception {
        List<String> names = new ArrayList<>();
        SampleModule[] offered = new SampleModule[MODULES];
        for (int i = 0; i < MODULES; i++) {
            names.add("many_" + i);
            offered[i] = SampleModule.wellBehaved(names.get(i), "1.0.0");
        }
        manager.offer(offered);

        List<Operation> installed = allAtOnce(
                names,
                name -> manager.modules()
                        .install(
                                new InstallRequest(
                                        name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                                CommandContext.of(TestManager.CALLER)));

        assertThat(installed).allMatch(operation -> operation.status() == Status.SUCCEEDED);
        Set<Long> before = pids();
        assertThat(before).hasSize(MODULES);
        List<Operation> restarted = allAtOnce(
                names, name -> manager.modules().command(name, Command.RESTART, CommandContext.of(TestManager.CALLER)));
        assertThat(restarted).allMatch(operation -> operation.status() == Status.SUCCEEDED);
        Set<Long> after = pids();
        assertThat(after).hasSize(MODULES).doesNotContainAnyElementsOf(before);
        assertThat(before.stream().filter(pid -> ProcessHandle.of(pid).isPresent()))
                .isEmpty();
        assertThat(manager.modules().modules(TestManager.CALLER))
                .allMatch(module -> module.state().phase() == Phase.RUNNING)
                .allMatch(module -> module.operation().isEmpty());
    }

    private Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        manager.modules()
                .modules(TestManager.CALLER)
                .forEach(module -> pids.add(module.runtime().pid().orElseThrow()));
        return pids;
    }

    private List<Operation> allAtOnce(List<String> names, Function<String, Operation> command)
            throws InterruptedException, ExecutionException {
        List<Future<Operation>> begun = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            names.forEach(name -> begun.add(callers.submit(() -> command.apply(name))));
        }
        List<Operation> ended = new ArrayList<>();
        for (Future<Operation> operation : begun) {
            String id = operation.get().id();
            ended.add(Awaitility.await(id)
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () -> manager.modules().operation(id, TestManager.CALLER),
                            it -> it.status().isFinal()));
        }
        return ended;
    }

    @Test
    void shouldNotLetOneStuckModuleDelayAnother() throws IOException {
        manager.offer(
                SampleModule.of("stuck", "1.0.0", "trap '' TERM\nwhile :; do sleep 0.1; done\n")
                        .stoppingWithin(120),
                SampleModule.wellBehaved("quick", "1.0.0"));
        ModuleView stuck = manager.install("stuck", "1.0.0");
        ModuleView quick = manager.install("quick", "1.0.0");
        Operation stop = manager.modules().command(stuck.id(), Command.STOP, CommandContext.of(TestManager.CALLER));
        manager.awaitPhase(stuck, Phase.STOPPING);

        assertThat(manager.command(quick, Command.RESTART).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(manager.remove(quick).status()).isEqualTo(Status.SUCCEEDED);

        assertThat(manager.modules().operation(stop.id(), TestManager.CALLER).status())
                .isEqualTo(Status.RUNNING);
        assertThat(manager.view(stuck).state().phase()).isEqualTo(Phase.STOPPING);
        ProcessHandle.of(stuck.runtime().pid().orElseThrow()).orElseThrow().destroyForcibly();
        assertThat(manager.await(stop).status()).isEqualTo(Status.SUCCEEDED);
    }
}
