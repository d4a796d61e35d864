package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.engine.ContainerEvent;
import io.vyra.modulemanager.container.engine.Engine;
import io.vyra.modulemanager.container.engine.EngineException;
import io.vyra.modulemanager.container.engine.StreamListener;
import io.vyra.modulemanager.runtime.EngineState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Hears the engine's events and lets the containers concerned look what became of them. Where the engine is gone it is tried again, and when
 * it is back every container looks: what happened meanwhile is found that way, not by events. Thread-safe.
 */
final class EngineWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineWatch.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    /** Events from before the stream began: an engine may answer a moment before it takes the listener in. */
    private static final Duration BACK = Duration.ofSeconds(3);

    private final Engine engine;
    private final Map<String, String> labels;
    private final Runnable back;
    private final Map<String, ContainerProcess> processes = new ConcurrentHashMap<>();
    private final Thread thread;
    private boolean started;
    private volatile boolean isHeard;
    private volatile boolean isMissed;
    private volatile Session session = new Session();
    private volatile boolean closed;

    /**
     * @param labels of the containers whose events are of interest
     * @param back   what waits for the engine to be there again
     */
    EngineWatch(Engine engine, Map<String, String> labels, Runnable back) {
        this.engine = engine;
        this.labels = labels;
        this.back = back;
        this.thread = Thread.ofVirtual().name("container-events").unstarted(this::watch);
    }

    /** From now on the process hears of its container; it also looks once, because its end may have come before this. */
    void add(ContainerProcess process) {
        processes.put(process.identity().bootId(), process);
        process.exit().thenRun(() -> processes.remove(process.identity().bootId()));
        begin();
        look(process);
    }

    /**
     * The engine was not there when it was wanted: what waits for it is set going once it is heard again. A stream that is still open then is
     * no witness, and is begun anew.
     */
    void missed() {
        isMissed = true;
        begin();
        session.ended(Optional.of("a command was not answered"));
    }

    /** The process that hears of this container. */
    Optional<ContainerProcess> find(String container) {
        return Optional.ofNullable(processes.get(container));
    }

    /** As the stream of events tells it. */
    synchronized EngineState state() {
        if (!started) {
            return EngineState.UNUSED;
        }
        return isHeard ? EngineState.UP : EngineState.DOWN;
    }

    /** Not before there is a container: a robot without any needs no engine, and gets no complaints about none. */
    private synchronized void begin() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /** As long as the engine is heard it must answer sooner or later; when it is heard again, every container looks anyway. */
    private void look(ContainerProcess process) {
        Thread.ofVirtual().name("container-look").start(() -> {
            try {
                while (!process.look() && isHeard && !closed) {
                    Thread.sleep(LOOK_AGAIN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        boolean isGone = false;
        while (!closed) {
            long begin = System.nanoTime();
            session = new Session();
            Optional<String> why = session.run();
            if (closed) {
                return;
            }
            // An engine that takes a listener in and ends at once, as one without a store of events, is no engine that
            // is back.
            if (System.nanoTime() - begin > LONGEST_PAUSE.toNanos()) {
                pause = FIRST_PAUSE;
                isGone = false;
            }
            String cause = why.orElse("it ended the stream of events");
            if (!isGone) {
                LOG.warnf("Container engine gone cause=%s", cause);
                isGone = true;
            }
            processes.values().forEach(process -> process.unheard("the container engine is not there: " + cause));
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** One stream of events. */
    private final class Session implements StreamListener<ContainerEvent> {
        private final CompletableFuture<Optional<String>> over = new CompletableFuture<>();

        Optional<String> run() {
            try (Engine.Stream stream = engine.events(labels, BACK, this)) {
                LOG.tracef("listening for events stream=%s", stream);
                return over.get();
            } catch (EngineException e) {
                return Optional.of(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of a stream is never exceptional", e);
            } finally {
                isHeard = false;
            }
        }

        @Override
        public void began() {
            LOG.debugf("container engine heard containers=%d", processes.size());
            isHeard = true;
            processes.values().forEach(EngineWatch.this::look);
            if (isMissed && !closed) {
                isMissed = false;
                Thread.ofVirtual().name("container-engine-back").start(back);
            }
        }

        @Override
        public void next(ContainerEvent event) {
            ContainerProcess process = processes.get(event.container());
            if (process != null) {
                process.told(event.exitCode());
                look(process);
            }
        }

        @Override
        public void ended(Optional<String> why) {
            over.complete(why);
        }
    }

    /** Lets go of every container without disturbing it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        processes.values().forEach(ContainerProcess::detach);
        processes.clear();
    }
}
