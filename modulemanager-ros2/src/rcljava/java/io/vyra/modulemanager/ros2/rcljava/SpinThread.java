package io.vyra.modulemanager.ros2.rcljava;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The one thread that waits for rcljava's work and does it. Whatever is made or disposed of is so by this thread and between two turns: rcljava
 * guards nothing that its executor waits on, and frees its memory at once.
 */
final class SpinThread {
    private static final System.Logger LOG = System.getLogger(SpinThread.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Turn turn;
    private final Queue<FutureTask<?>> tasks = new ArrayDeque<>();
    private final Thread thread;
    private boolean isClosed;

    /** One look for work, and the work that there was. It comes back after some milliseconds when there is none. */
    @FunctionalInterface
    interface Turn {
        void take() throws Exception;
    }

    SpinThread(Turn turn) {
        this.turn = turn;
        this.thread = Thread.ofPlatform().daemon().name("rcljava").unstarted(this::run);
        thread.start();
    }

    private void run() {
        while (!isClosed()) {
            try {
                turn.take();
            } catch (Exception e) {
                // The thread's edge: one message that cannot be handled must not silence the next.
                LOG.log(System.Logger.Level.WARNING, "rcljava failed", e);
            }
            runTasks();
        }
        // Nothing is added any more.
        runTasks();
    }

    private void runTasks() {
        for (FutureTask<?> task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private synchronized FutureTask<?> next() {
        return tasks.poll();
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /**
     * Has something made or looked at between two turns, or at once when this thread asks; what it throws is thrown on.
     *
     * @throws IllegalStateException when the port is closed
     */
    <T> T call(Callable<T> action) {
        if (Thread.currentThread() == thread) {
            return result(run(new FutureTask<>(action)));
        }
        return result(add(action));
    }

    private static <T> FutureTask<T> run(FutureTask<T> task) {
        task.run();
        return task;
    }

    /**
     * Has something disposed of, or sent, between two turns. It is not waited for, so that callbacks may do that, which this thread runs; nothing
     * happens when the port is closed, for then all is disposed of.
     */
    synchronized void later(Runnable action) {
        if (!isClosed) {
            tasks.add(new FutureTask<>(action, null));
        }
    }

    private synchronized <T> FutureTask<T> add(Callable<T> action) {
        if (isClosed) {
            throw new IllegalStateException("This port of ROS 2 is closed");
        }
        FutureTask<T> task = new FutureTask<>(action);
        tasks.add(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // It is done in a moment, and what nobody waited for would never be disposed of.
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case Error cause -> throw cause;
                default ->
                    new IllegalStateException("rcljava refused: " + e.getCause().getMessage(), e.getCause());
            };
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread once it has done what it was given, and last of all this. */
    void close(Runnable last) {
        synchronized (this) {
            later(last);
            isClosed = true;
        }
        try {
            if (Thread.currentThread() != thread) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
