package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A manager in a process of its own that kills itself with SIGKILL when it passes its fatal boundary during an operation.
 *
 * <p>Arguments: folder, scenario, boundary. The boundary is the number of a boundary between steps, or the name of any; with {@link #NONE} it
 * says which ones it passes. Ends with code 0, saying so, when the operation does not pass it.
 */
public final class CrashingManager implements StepBoundary {
    /** In place of a boundary: none is fatal, and each is named when it is passed for the first time. */
    static final String NONE = "none";

    private final String fatal;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean undoing = new AtomicBoolean();
    private final AtomicInteger passed = new AtomicInteger();
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    private CrashingManager(String fatal) {
        this.fatal = fatal;
    }

    public static void main(String[] args) throws IOException {
        run(args, boundary -> new SampleProcesses());
    }

    /** @param runtime made with the manager to whom it may tell boundaries of its own, see {@link #pass} */
    public static void run(String[] args, Function<CrashingManager, SampleRuntime> runtime) throws IOException {
        Path folder = Path.of(args[0]);
        CrashScenario scenario = CrashScenario.valueOf(args[1]);
        CrashingManager boundary = new CrashingManager(args[2]);
        try (TestManager manager = new TestManager(folder, runtime.apply(boundary), boundary)) {
            manager.assembly().refresher().refreshAll();
            scenario.prepare(manager);
            boundary.armed.set(true);
            Operation operation = manager.await(scenario.begin(manager));
            boundary.armed.set(false);
            System.out.println("survived " + operation.status());
        }
    }

    @Override
    public void reached(Operation.Kind kind, String step, Point point) {
        if (point == Point.BEFORE_UNDO) {
            undoing.set(true);
        }
        pass(
                step + " " + point,
                () -> Integer.toString(passed.getAndIncrement()).equals(fatal));
    }

    /**
     * Passes a boundary that is none between steps: before or after something that is done for a step, or for its undo.
     *
     * @param isDone whether it is after that
     */
    public void pass(String what, boolean isDone) {
        Point before = undoing.get() ? Point.BEFORE_UNDO : Point.BEFORE_WORK;
        Point after = undoing.get() ? Point.AFTER_UNDO : Point.AFTER_WORK;
        pass(what + " " + (isDone ? after : before), () -> false);
    }

    private void pass(String name, BooleanSupplier isFatalByNumber) {
        if (!armed.get()) {
            return;
        }
        if (name.equals(fatal) || isFatalByNumber.getAsBoolean()) {
            die(name);
        }
        if (fatal.equals(NONE) && named.add(name)) {
            System.out.println("passed " + name);
        }
    }

    /** A real SIGKILL: no shutdown hook runs, no buffer is flushed, other threads end wherever they are. */
    private static void die(String name) {
        System.out.println("boundary " + name);
        System.out.flush();
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start();
            new CountDownLatch(1).await();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the manager could not kill itself", e);
        }
    }
}
