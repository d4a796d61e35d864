package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleManager.OperationFilter;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.manager.ModelTest.Action;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.operation.Operation.StepStatus;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.store.Leftovers;
import io.vyra.modulemanager.supervision.FakeProcess;
import io.vyra.modulemanager.supervision.FakeRuntime;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A robot on paper with a real manager's core on it, and the model of what must be true of it. */
final class ModelRobot implements AutoCloseable {
    private static final Map<String, String> UUIDS =
            Map.of("alpha", "a".repeat(32), "base", "b".repeat(32), "top", "c".repeat(32));
    private static final int NEVER = Integer.MAX_VALUE;
    private static Path repository;

    private final Path folder = Files.createTempDirectory("model");
    private final ManualTime time = new ManualTime();
    private final FakeRuntime runtime = new FakeRuntime(time);
    private final Set<Long> hung = ConcurrentHashMap.newKeySet();
    private final AtomicInteger untilCrash = new AtomicInteger(NEVER);
    /** Ended operations whose outcome the model has taken in, and the versions that follow from them. */
    private final Set<String> counted = ConcurrentHashMap.newKeySet();

    private final Map<String, String> versions = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private Optional<Function<CommandContext, Operation>> lastCommand = Optional.empty();
    private Optional<Operation> lastOperation = Optional.empty();
    private int commands;
    private int checks;
    private PaperManager manager;

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    ModelRobot() throws IOException {
        runtime.onStart(process -> {
            if ("2.0.0".equals(process.spec().environment().get("MODULE_VERSION"))) {
                process.exitWith(1);
            }
        });
        begin();
    }

    private static synchronized Path repository() throws IOException {
        if (repository == null) {
            Path place = Files.createTempDirectory(Path.of("target"), "model-repository");
            String probe = "{kind: heartbeat, max_age_seconds: 5}";
            for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
                TestManager.offerTo(
                        place,
                        SampleModule.wellBehaved("alpha", version).withProbe(probe),
                        SampleModule.wellBehaved("top", version)
                                .withProbe(probe)
                                .needing("base"));
            }
            // Everything that top may bring along works; its own broken version is enough.
            for (String version : List.of("1.0.0", "1.1.0")) {
                TestManager.offerTo(
                        place, SampleModule.wellBehaved("base", version).withProbe(probe));
            }
            repository = place.resolve("repository");
        }
        return repository;
    }

    private void begin() throws IOException {
        untilCrash.set(NEVER);
        manager = new PaperManager(
                folder,
                repository(),
                runtime,
                (probe, spec, process, timeout) -> CompletableFuture.completedFuture(
                        hung.contains(process.identity().pid())
                                        || process.exit().isDone()
                                ? Optional.of("no heartbeat")
                                : Optional.empty()),
                time,
                (kind, step, point) -> {
                    if (untilCrash.get() != NEVER && untilCrash.decrementAndGet() < 0) {
                        throw new Crash();
                    }
                });
        manager.start();
    }

    int checks() {
        return checks;
    }

    void happen(Action action) throws IOException {
        story.add(action.toString());
        try {
            switch (action) {
                case Action.Install it ->
                    command(context -> manager.modules.install(
                            new InstallRequest(
                                    it.module(),
                                    Optional.of(it.version()),
                                    Optional.empty(),
                                    Optional.of(UUIDS.get(it.module())),
                                    Optional.of(true)),
                            context));
                case Action.Update it ->
                    command(context -> manager.modules.change(
                            it.module(),
                            new ModuleChange(
                                    Optional.empty(),
                                    Optional.of(it.version()),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            "*",
                            context));
                case Action.Tell it -> command(context -> manager.modules.command(it.module(), it.command(), context));
                case Action.Remove it -> command(context -> manager.modules.remove(it.module(), false, context));
                case Action.CancelLast _ ->
                    lastOperation.ifPresent(it -> manager.modules.cancel(it.id(), TestManager.CALLER));
                case Action.Repeat _ -> repeat();
                case Action.Exit it -> alive(it.module()).ifPresent(process -> process.exitWith(it.code()));
                case Action.Hang it ->
                    alive(it.module())
                            .ifPresent(process -> hung.add(process.identity().pid()));
                case Action.Crash it -> crashSoon(it.boundaries());
                case Action.Pass it -> time.advance(Duration.ofSeconds(it.seconds()));
                case Action.Settle _ -> settle();
            }
        } catch (ProblemException e) {
            story.add("  refused: " + e.type());
        }
        quiesce();
    }

    private Optional<FakeProcess> alive(String module) {
        return runtime.alive(new ModuleId(module, UUIDS.get(module)));
    }

    private void command(Function<CommandContext, Operation> command) {
        lastCommand = Optional.empty();
        lastOperation = Optional.of(command.apply(context(++commands)));
        lastCommand = Optional.of(command);
        story.add("  " + lastOperation.get().id());
    }

    private static CommandContext context(int number) {
        return new CommandContext(TestManager.CALLER, Optional.of("key-" + number), "hash-" + number);
    }

    private void repeat() {
        if (lastCommand.isPresent()) {
            Operation again = lastCommand.get().apply(context(commands));
            assertThat(again.id())
                    .as(story())
                    .isEqualTo(lastOperation.orElseThrow().id());
        }
    }

    private void crashSoon(int boundaries) throws IOException {
        if (boundaries == 0) {
            crash();
        } else {
            untilCrash.set(boundaries);
        }
    }

    private void crash() throws IOException {
        story.add("  the manager dies");
        manager.die();
        begin();
    }

    /** Waits for threads, not for time; and lets the manager die if its hour came. */
    private void quiesce() throws IOException {
        long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            while (!manager.isQuiet()) {
                assertThat(System.nanoTime()).as("stuck: " + story()).isLessThan(patience);
                Thread.onSpinWait();
            }
            if (untilCrash.get() >= 0) {
                return;
            }
            crash();
        }
    }

    private void settle() throws IOException {
        quiesce();
        // What is armed but not reached by now belongs to no operation.
        untilCrash.updateAndGet(it -> manager.operations.busyModules().isEmpty() ? NEVER : it);
        for (int i = 0; i < 5_000 && !manager.operations.busyModules().isEmpty(); i++) {
            time.advance(time.untilNext().orElse(Duration.ofSeconds(1)));
            quiesce();
        }
        untilCrash.set(NEVER);
        // Long enough for every backoff, start period and stop.
        time.advance(Duration.ofMinutes(3));
        quiesce();
        check();
        checks++;
    }

    private String story() {
        return String.join("\n", story);
    }

    // ---- the promises ----

    private void check() {
        List<Operation> operations = new ArrayList<>(manager.modules.operations(
                new OperationFilter(Optional.empty(), Optional.empty(), 1_000), TestManager.CALLER));
        java.util.Collections.reverse(operations);
        operations.forEach(this::checkTruth);
        operations.stream().filter(it -> counted.add(it.id())).forEach(this::count);
        assertThat(runtime.secondStarts()).as("second process\n" + story()).isZero();
        checkDisk();
        for (InstanceRecord record : manager.registry.all()) {
            checkModule(record);
        }
        for (FakeProcess process : runtime.alive()) {
            assertThat(manager.registry.find(process.spec().module()))
                    .as("orphan of " + process.spec().module() + "\n" + story())
                    .isPresent();
        }
        Map<String, String> installed = new TreeMap<>();
        // Dependencies that were brought along have identities of their own, which no operation is about.
        manager.registry.all().stream()
                .filter(record -> UUIDS.containsValue(record.id().instanceId()))
                .forEach(record -> installed.put(
                        record.id().toString(), record.versions().current().orElse("none")));
        assertThat(installed).as("what the operations say is there\n" + story()).isEqualTo(versions);
    }

    private void checkTruth(Operation operation) {
        String context = operation + "\n" + story();
        assertThat(operation.status().isFinal()).as(context).isTrue();
        boolean anyDone = operation.steps().stream().anyMatch(step -> step.status() == StepStatus.DONE);
        boolean allDone = operation.steps().stream().allMatch(step -> step.status() == StepStatus.DONE);
        switch (operation.status()) {
            case SUCCEEDED -> assertThat(allDone).as(context).isTrue();
            case ROLLED_BACK -> assertThat(anyDone).as(context).isFalse();
            case FAILED, CANCELLED ->
                assertThat(anyDone && !isPastReturn(operation)).as(context).isFalse();
            case PENDING, RUNNING, WAITING_FOR_USER -> throw new AssertionError(context);
        }
        assertThat(operation.problem().isPresent()).as(context).isEqualTo(operation.status() != Status.SUCCEEDED);
    }

    private static boolean isPastReturn(Operation operation) {
        return operation.steps().stream()
                .anyMatch(step ->
                        (step.id().equals("finish") || step.id().equals("commit")) && step.status() == StepStatus.DONE);
    }

    /** What an ended operation changed, from nothing but its own words. */
    private void count(Operation operation) {
        ModuleId id = ModuleId.parse(operation.moduleId()).orElseThrow();
        if (!isPastReturn(operation) || !UUIDS.containsValue(id.instanceId())) {
            return;
        }
        if (operation.kind() == Kind.REMOVE) {
            versions.remove(operation.moduleId());
            return;
        }
        operation.steps().stream()
                .filter(step -> step.id().equals("switch:" + id.name()))
                .forEach(step -> versions.put(
                        operation.moduleId(),
                        step.title().substring(step.title().lastIndexOf(' ') + 1)));
    }

    private void checkDisk() {
        Leftovers leftovers = manager.store.leftovers();
        assertThat(leftovers.stagings()).as(story()).isEmpty();
        assertThat(leftovers.snapshots()).as(story()).isEmpty();
        assertThat(manager.store.moduleIds())
                .as(story())
                .isEqualTo(
                        manager.registry.all().stream().map(InstanceRecord::id).toList());
    }

    private void checkModule(InstanceRecord record) {
        ModuleId id = record.id();
        InstanceState state = manager.supervision.require(id).state();
        String context = id + " " + record.desired() + " " + state + "\n" + story();
        assertThat(manager.store.current(id))
                .as(context)
                .isEqualTo(record.versions().current());
        assertThat(manager.store.hasVersion(id, record.versions().current().orElseThrow()))
                .as(context)
                .isTrue();
        Optional<FakeProcess> process = runtime.alive(id);
        assertThat(state.process().map(it -> it.identity().pid()))
                .as(context)
                .isEqualTo(process.map(it -> it.identity().pid()));
        process.ifPresent(it -> assertThat(it.spec().environment().get("MODULE_VERSION"))
                .as(context)
                .isEqualTo(record.versions().current().orElseThrow()));
        boolean waitsForTime = state.nextRetry().isPresent();
        boolean resting = state instanceof InstanceState.Waiting || waitsForTime;
        switch (record.desired()) {
            case RUNNING ->
                assertThat(state instanceof InstanceState.Running || resting)
                        .as(context)
                        .isTrue();
            case SUSPENDED ->
                assertThat(state instanceof InstanceState.Suspended || resting)
                        .as(context)
                        .isTrue();
            case STOPPED -> assertThat(state).as(context).isInstanceOf(InstanceState.Stopped.class);
            case REMOVED -> throw new AssertionError("neither there nor gone: " + context);
        }
        assertThat(record.desired() == Desired.REMOVED).isFalse();
    }

    @Override
    public void close() throws IOException {
        manager.die();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
