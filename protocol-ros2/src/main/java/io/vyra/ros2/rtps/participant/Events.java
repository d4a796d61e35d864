package io.vyra.ros2.rtps.participant;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells listeners what happened, by one thread, in order. */
final class Events implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());

    private final List<ParticipantListener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor executor;

    Events(String name) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-events").daemon().factory());
        executor.allowCoreThreadTimeOut(true);
    }

    void add(ParticipantListener listener) {
        listeners.add(listener);
    }

    void remove(ParticipantListener listener) {
        listeners.remove(listener);
    }

    /** Tells all listeners. What is found is bounded by the settings, and so is this queue in practice. */
    void tell(Consumer<ParticipantListener> event) {
        if (!listeners.isEmpty()) {
            for (ParticipantListener listener : listeners) {
                tell(listener, event);
            }
        }
    }

    /** Tells one listener. */
    void tell(ParticipantListener listener, Consumer<ParticipantListener> event) {
        try {
            executor.execute(() -> {
                try {
                    event.accept(listener);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "A listener of the ROS 2 graph failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed; nobody listens any more.
            LOG.log(System.Logger.Level.TRACE, "An event came after the end", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
