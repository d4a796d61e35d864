package io.vyra.modulemanager.api.event;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.access.Session;
import io.vyra.modulemanager.access.Sessions;
import io.vyra.modulemanager.api.auth.Principal;
import io.vyra.modulemanager.api.module.ModuleBody;
import io.vyra.modulemanager.api.operation.OperationBody;
import io.vyra.modulemanager.api.problem.ProblemResponses;
import io.vyra.modulemanager.api.problem.RetryLaterException;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.feed.Subscription;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Runs the open streams, each on a virtual thread of its own that takes what has come and writes when the client is ready.
 *
 * <p>Thread-safe. A stream ends when its client goes, when its session ends for whatever reason, or when the client takes nothing.
 */
@Singleton
public class EventStreams {
    static final int MAX_STREAMS = 256;
    private static final Logger LOG = Logger.getLogger(EventStreams.class);
    /** Events that leave in one write when a client is behind: more would make it wait, fewer would keep it behind. */
    private static final int BATCH = 64;

    private static final int SNAPSHOT_OPERATIONS = 100;
    private static final Duration COMMENT_EVERY = Duration.ofSeconds(10);

    private final FeedHub hub;
    private final ModuleManager manager;
    private final Sessions sessions;
    private final EventEncoding encoding;
    private final ProblemResponses problems;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private final Map<Thread, Principal> open = new ConcurrentHashMap<>();

    public EventStreams(
            FeedHub hub, ModuleManager manager, Sessions sessions, EventEncoding encoding, ProblemResponses problems) {
        this.hub = hub;
        this.manager = manager;
        this.sessions = sessions;
        this.encoding = encoding;
        this.problems = problems;
        sessions.onEnd(this::endStreamsOf);
    }

    /** What a stream does; ends when it returns. */
    public interface Work {
        void run(RoutingContext context) throws InterruptedException;
    }

    /** How many streams are open. */
    public int openStreams() {
        return open.size();
    }

    /**
     * Begins a stream.
     *
     * @throws RetryLaterException when there are too many
     */
    public void open(RoutingContext context, Principal principal, Work work) {
        if (!free.tryAcquire()) {
            throw new RetryLaterException(
                    Duration.ofSeconds(5),
                    "There are " + MAX_STREAMS + " open streams already. Close one that is not needed.");
        }
        Thread thread = Thread.ofVirtual().name("event-stream").unstarted(() -> run(context, work));
        open.put(thread, principal);
        context.response().closeHandler(ignored -> thread.interrupt());
        thread.start();
    }

    private void run(RoutingContext context, Work work) {
        try {
            work.run(context);
        } catch (InterruptedException e) {
            LOG.debugf("Stream ended path=%s", context.normalizedPath());
        } catch (RuntimeException e) {
            problems.send(e, context);
        } finally {
            open.remove(Thread.currentThread());
            free.release();
            if (!context.response().ended() && !context.response().closed()) {
                context.response().end();
            }
        }
    }

    private void endStreamsOf(Session session) {
        open.forEach((thread, principal) -> {
            if (principal instanceof Principal.User user && user.session().id().equals(session.id())) {
                thread.interrupt();
            }
        });
    }

    /** Whether the one who follows a stream still may. */
    public boolean isLive(Principal principal) {
        return switch (principal) {
            case Principal.User user -> sessions.isLive(user.session());
            case Principal.Module module -> true;
            case Principal.Scraper scraper -> false;
        };
    }

    void follow(RoutingContext context, Principal principal, Topics topics, Optional<String> lastId)
            throws InterruptedException {
        Caller caller = principal.caller();
        Visibility visibility = Visibility.of(manager, caller);
        Predicate<FeedEvent> filter = event -> topics.wants(event) && visibility.maySee(event);
        try (LogFollower logs = new LogFollower()) {
            for (String reference : topics.logs()) {
                String id = manager.module(reference, caller).id();
                logs.add(manager.followLogs(id, 0, line -> logs.offer(id, line), caller));
            }
            Optional<Subscription> resumed =
                    lastId.flatMap(EventStreams::number).flatMap(seen -> hub.resume(seen, filter));
            try (Subscription subscription = resumed.orElseGet(() -> hub.subscribe(filter))) {
                StreamConnection connection = new StreamConnection(context.response());
                boolean going = true;
                if (resumed.isEmpty()) {
                    going = (lastId.isEmpty() || connection.write(encoding.gap(0)))
                            && connection.write(snapshot(subscription.start(), topics, caller));
                } else {
                    going = connection.write(EventEncoding.COMMENT);
                }
                if (going) {
                    pump(connection, principal, topics, subscription, logs);
                }
            }
        }
    }

    private void pump(
            StreamConnection connection,
            Principal principal,
            Topics topics,
            Subscription subscription,
            LogFollower logs)
            throws InterruptedException {
        logs.wakes(subscription);
        long lastWrite = System.nanoTime();
        boolean going = true;
        while (going && connection.isOpen() && isLive(principal)) {
            List<Subscription.Item> items = subscription.take(BATCH, logs.isEmpty() ? COMMENT_EVERY : Duration.ZERO);
            boolean wrote = !items.isEmpty() || !logs.isEmpty();
            if (!items.isEmpty()) {
                going = connection.write(frames(items, topics, principal.caller()));
            }
            going = going && writeLines(connection, logs);
            if (going && !wrote && System.nanoTime() - lastWrite >= COMMENT_EVERY.toNanos()) {
                going = connection.write(EventEncoding.COMMENT);
                wrote = true;
            }
            lastWrite = wrote ? System.nanoTime() : lastWrite;
        }
    }

    private Buffer frames(List<Subscription.Item> items, Topics topics, Caller caller) {
        Buffer frames = Buffer.buffer();
        for (Subscription.Item item : items) {
            switch (item) {
                case Subscription.Item.Event event -> frames.appendBuffer(encoding.encode(event.event()));
                case Subscription.Item.Gap gap ->
                    frames.appendBuffer(encoding.gap(gap.dropped()))
                            .appendBuffer(snapshot(hub.lastId(), topics, caller));
            }
        }
        return frames;
    }

    private boolean writeLines(StreamConnection connection, LogFollower logs) throws InterruptedException {
        for (LogFollower.Line line : logs.drain()) {
            if (!connection.write(encoding.log(line.moduleId(), line.line()))) {
                return false;
            }
        }
        long dropped = logs.takeDropped();
        return dropped == 0 || connection.write(encoding.gap(dropped));
    }

    private Buffer snapshot(long id, Topics topics, Caller caller) {
        Map<String, Object> state = new TreeMap<>();
        if (topics.modules()) {
            state.put(
                    "modules",
                    manager.modules(caller).stream().map(ModuleBody::of).toList());
        }
        if (topics.operations()) {
            Visibility visibility = Visibility.of(manager, caller);
            ModuleManager.OperationFilter newest =
                    new ModuleManager.OperationFilter(Optional.empty(), Optional.empty(), SNAPSHOT_OPERATIONS);
            state.put(
                    "operations",
                    manager.operations(newest, caller).stream()
                            .filter(operation -> visibility.maySee(operation.moduleId()))
                            .map(operation -> OperationBody.of(operation, ""))
                            .toList());
        }
        return encoding.snapshot(id, state);
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    void followLog(RoutingContext context, Principal principal, String reference, int tail, boolean follow)
            throws InterruptedException {
        Caller caller = principal.caller();
        String id = manager.module(reference, caller).id();
        try (LogFollower logs = new LogFollower()) {
            if (follow) {
                logs.add(manager.followLogs(id, tail, line -> logs.offer(id, line), caller));
            } else {
                manager.logs(id, tail, caller).forEach(line -> logs.offer(id, line));
            }
            StreamConnection connection = new StreamConnection(context.response());
            boolean going = connection.write(EventEncoding.COMMENT) && writeLines(connection, logs);
            if (going && follow) {
                // A subscription that wants no event serves as the wait for the next line.
                try (Subscription nothing = hub.subscribe(event -> false)) {
                    pump(connection, principal, new Topics(false, false, false, List.of(id)), nothing, logs);
                }
            }
        }
    }
}
