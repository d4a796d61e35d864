package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A manager in a process of its own that kills itself with SIGKILL when it passes its fatal boundary during an operation.
 *
 * <p>Arguments: folder, scenario, boundary. The boundary is the number of a boundary between steps, or the name of any. Ends with code 0,
 * saying so, when the operation does not pass it.
 */
public final class CrashingManager implements StepBoundary {
    private final String fatal;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicInteger passed = new AtomicInteger();

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
        String name = step + " " + point;
        if (armed.get()
                && (name.equals(fatal)
                        || Integer.toString(passed.getAndIncrement()).equals(fatal))) {
            die(name);
        }
    }

    /** Passes a boundary that is none between steps: {@code <what> <point>}, which name it. */
    public void pass(String name) {
        if (armed.get() && name.equals(fatal)) {
            die(name);
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
