package io.vyra.ros2.rtps.participant;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells listeners what happened, by one thread, in order.
 *
 * <p>{@value #MOST} events wait at most for a listener that is slow. With one more all of them are dropped, and so is what happens until the
 * listener is done; then all listeners are told what is known by that time ({@link ParticipantListener#known}). To drop the oldest or those of the
 * slow listener alone would not do: who is told of an end without the beginning, or in another order than others, knows something wrong.
 */
final class Events implements AutoCloseable {
    /** Some ten megabytes if each were a description with long names; a participant with all its endpoints is mostly less than 200. */
    static final int MOST = 4_096;

    private static final System.Logger LOG = System.getLogger(Events.class.getName());

    /** The participant's, which whoever tells has. It is never asked for by who has this object's own. */
    private final ReentrantLock lock;

    private final Supplier<Known> knowledge;
    private final ThreadPoolExecutor executor;
    private final Queue<Event> waiting = new ArrayDeque<>();
    private List<ParticipantListener> listeners = List.of();

    /** Whether what waited was dropped, and listeners are still to be told what is known instead. */
    private boolean isBehind;

    private boolean isRunning;
    private boolean isClosed;
    private long dropped;

    private record Event(List<ParticipantListener> to, Consumer<ParticipantListener> what) {}

    /**
     * @param lock      the participant's
     * @param knowledge is asked for under that lock
     */
    Events(String name, ReentrantLock lock, Supplier<Known> knowledge) {
        this.lock = lock;
        this.knowledge = knowledge;
        executor = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-events").daemon().factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /** Adds a listener, which is told what is known first. Whoever adds it has the participant's lock. */
    synchronized void add(ParticipantListener listener) {
        listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
        Known known = knowledge.get();
        tell(new Event(List.of(listener), each -> each.known(known)));
    }

    synchronized void remove(ParticipantListener listener) {
        listeners = listeners.stream().filter(each -> each != listener).toList();
    }

    /** Tells all listeners. Whoever tells has the participant's lock. */
    synchronized void tell(Consumer<ParticipantListener> event) {
        if (!listeners.isEmpty()) {
            tell(new Event(listeners, event));
        }
    }

    private void tell(Event event) {
        if (isClosed) {
            return;
        }
        if (isBehind) {
            dropped++;
            return;
        }
        if (waiting.size() >= MOST) {
            if (dropped == 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "A listener of the ROS 2 graph is slow: more than {0} events waited for it and are dropped. Listeners are"
                                + " told what is known instead once it is done. This is logged once, and counted from now on",
                        MOST);
            }
            dropped += waiting.size() + 1;
            waiting.clear();
            isBehind = true;
            return;
        }
        waiting.add(event);
        if (!isRunning) {
            isRunning = true;
            executor.execute(this::run);
        }
    }

    private void run() {
        for (Event event = next(); event != null; event = next()) {
            for (ParticipantListener listener : event.to()) {
                try {
                    event.what().accept(listener);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "A listener of the ROS 2 graph failed", e);
                }
            }
        }
    }

    /** What is to be told next, or null. */
    private Event next() {
        synchronized (this) {
            if (!isBehind) {
                Event event = waiting.poll();
                isRunning = event != null;
                return event;
            }
        }
        return catchUp();
    }

    /** What is known now, in place of what was dropped. Nothing happens meanwhile. */
    private Event catchUp() {
        lock.lock();
        try {
            Known known = knowledge.get();
            synchronized (this) {
                isBehind = false;
                return new Event(listeners, listener -> listener.known(known));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many events were dropped. */
    synchronized long dropped() {
        return dropped;
    }

    /** What waits is still told. */
    @Override
    public synchronized void close() {
        isClosed = true;
        executor.shutdown();
    }
}
