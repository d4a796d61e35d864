package io.vyra.modulemanager.supervision;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Runs tasks one at a time and in order on an executor's threads.
 *
 * <p>Thread-safe. A task that throws is logged and does not stop the ones after it.
 */
final class Mailbox {
    private static final Logger LOG = Logger.getLogger(Mailbox.class);

    private final Executor executor;
    private final String owner;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean draining;

    Mailbox(Executor executor, String owner) {
        this.executor = executor;
        this.owner = owner;
    }

    void post(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (draining) {
                return;
            }
            draining = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    draining = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                // The thread's edge: the module's other events must still be handled.
                LOG.errorf(e, "Event not handled module=%s", owner);
            }
        }
    }
}
