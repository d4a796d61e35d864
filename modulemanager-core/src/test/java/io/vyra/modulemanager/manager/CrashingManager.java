package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.StepBoundary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A manager in a process of its own that kills itself with SIGKILL when an operation passes its n-th boundary.
 *
 * <p>Arguments: folder, scenario, n. Ends with code 0, saying so, when the operation has fewer boundaries than that.
 */
final class CrashingManager implements StepBoundary {
    private final int fatal;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicInteger passed = new AtomicInteger();

    private CrashingManager(int fatal) {
        this.fatal = fatal;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        CrashScenario scenario = CrashScenario.valueOf(args[1]);
        CrashingManager boundary = new CrashingManager(Integer.parseInt(args[2]));
        try (TestManager manager = new TestManager(folder, boundary)) {
            manager.assembly().refresher().refreshAll();
            scenario.prepare(manager);
            boundary.armed.set(true);
            Operation operation = manager.await(scenario.begin(manager));
            System.out.println("survived " + operation.status());
        }
    }

    @Override
    public void reached(Operation.Kind kind, String step, Point point) {
        if (armed.get() && passed.getAndIncrement() == fatal) {
            System.out.println("boundary " + step + " " + point);
            System.out.flush();
            killMyself();
        }
    }

    /** A real SIGKILL: no shutdown hook runs, no buffer is flushed, other threads end wherever they are. */
    private static void killMyself() {
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
