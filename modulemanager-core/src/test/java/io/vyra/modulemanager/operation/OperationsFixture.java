package io.vyra.modulemanager.operation;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.PaperStep.World;
import io.vyra.modulemanager.state.Database;
import io.vyra.modulemanager.state.StateJson;
import io.vyra.modulemanager.supervision.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;

/** Operations over a real journal, with steps, time and threads that the test decides. */
final class OperationsFixture implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofMinutes(10);
    static final String MODULE = "beacon_0123456789abcdef0123456789abcdef";

    final World world = new World();
    final ManualTime time = new ManualTime();
    final List<Operation> told = new CopyOnWriteArrayList<>();
    /** Tasks that no thread has taken yet; {@link #runAll} takes them. */
    final Deque<Runnable> tasks = new ArrayDeque<>();

    final Executor threads = task -> Thread.startVirtualThread(task);
    final Executor direct = Runnable::run;
    final Executor queue = tasks::add;

    StepBoundary boundary = StepBoundary.NONE;
    List<Step> steps = new ArrayList<>();
    Optional<RuntimeException> listenerFailure = Optional.empty();
    private final Path folder;
    Database database;
    Operations operations;

    OperationsFixture(Path folder) {
        this.folder = folder;
        database = Database.open(folder);
        begin(direct);
    }

    /** A manager that knows nothing but the journal. */
    void begin(Executor executor) {
        operations = new Operations(
                new OperationJournal(database, new StateJson()),
                (kind, request) -> List.copyOf(steps),
                operation -> {
                    told.add(operation);
                    if (listenerFailure.isPresent()) {
                        throw listenerFailure.get();
                    }
                },
                (kind, step, point) -> boundary.reached(kind, step, point),
                time,
                (at, action) -> time.after(Duration.between(time.instant(), at), action),
                executor);
    }

    void reopen() {
        database.close();
        database = Database.open(folder);
        begin(direct);
    }

    PaperStep step(String id) {
        return new PaperStep(id, world);
    }

    Operation submit(Kind kind) {
        return submit(kind, MODULE);
    }

    Operation submit(Kind kind, String module) {
        return submit(kind, module, CommandContext.of(Caller.MANAGER));
    }

    Operation submit(Kind kind, String module, CommandContext context) {
        return operations.submit(
                kind, new OperationRequest.Drive(module, Desired.RUNNING, false), TIMEOUT, context, () -> {});
    }

    Operation now(Operation operation) {
        return operations.get(operation.id());
    }

    Operation await(Operation operation) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> now(operation), it -> it.status().isFinal());
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
