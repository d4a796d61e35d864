package io.vyra.modulemanager.zenoh.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.feed.Subscription;
import io.vyra.modulemanager.module.LayerValue;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.modulemanager.zenoh.connection.BusPart;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.ZenohSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What the manager says of itself on the four feeds: a heartbeat, changes of its state, operations that ended, modules that failed, and
 * its own log.
 *
 * <p>What modules say is not said again: it is on the bus already. Publications are dropped, not waited for, when the way is full.
 * Thread-safe.
 */
public final class ManagerFeeds implements BusPart, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ManagerFeeds.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final PublishOptions JSON = PublishOptions.DEFAULT.withEncoding(Encoding.JSON);

    private final ModuleId self;
    private final ManagerState state;
    private final JsonPayloads payloads;
    private final InstantSource clock;
    private final Subscription events;
    private final Map<String, ModuleView.Phase> phases = new HashMap<>();
    private volatile Optional<ZenohSession> session = Optional.empty();
    private Optional<ManagerState.Layers> told = Optional.empty();

    ManagerFeeds(
            ModuleId self,
            ManagerState state,
            ManagerLog log,
            FeedHub hub,
            JsonPayloads payloads,
            InstantSource clock) {
        this.self = self;
        this.state = state;
        this.payloads = payloads;
        this.clock = clock;
        this.events = hub.subscribe(event -> !(event instanceof FeedEvent.Entry));
        log.follow(line -> publish("LogFeed", line.toJson(payloads.object(), self)));
        Thread.ofVirtual().name("bus-feeds").start(this::follow);
    }

    @Override
    public void attach(ZenohSession attached) {
        session = Optional.of(attached);
    }

    @Override
    public void detach() {
        session = Optional.empty();
    }

    /** To be called every 5 s: subscribers that came late, and those who look for a sign of life, hear of it then. */
    public synchronized void beat() {
        ManagerState.Layers now = state.layers();
        ManagerState.Layers before = told.orElse(now);
        told = Optional.of(now);
        layer(now.lifecycle(), before.lifecycle());
        layer(now.operational(), before.operational());
        layer(now.health(), before.health());
        publish("NewsFeed", news("heartbeat", "heartbeat: " + clock.instant()));
    }

    private void layer(LayerValue now, LayerValue before) {
        publish(
                "StateFeed",
                payloads.object()
                        .put("previous", now.equals(before) ? "N/A" : before.wire())
                        .put("current", now.wire())
                        .put("timestamp", clock.instant().toString()));
    }

    private ObjectNode news(String type, String message) {
        return payloads.object()
                .put("type", type)
                .put("message", message)
                .put("timestamp", clock.instant().toString())
                .put("module_id", self.toString())
                .put("module_name", self.name());
    }

    private ObjectNode failure(String code, String description, String solution) {
        return payloads.object()
                .put("error_id", UUID.randomUUID().toString())
                .put("error_code", code)
                .put("module_id", self.toString())
                .put("description", description)
                .put("solution", solution)
                .put("miscellaneous", "")
                .put("timestamp", clock.instant().toString());
    }

    private void follow() {
        try {
            while (!events.isClosed()) {
                events.next(LOOK).ifPresent(this::say);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The thread's edge.
            LOG.errorf(e, "Feeds of the manager ended");
        }
    }

    private void say(Subscription.Item item) {
        if (item instanceof Subscription.Item.Event event) {
            switch (event.event()) {
                case FeedEvent.OperationChanged changed -> say(changed.operation());
                case FeedEvent.ModuleChanged changed -> say(changed.module());
                case FeedEvent.ModuleRemoved removed -> phases.remove(removed.moduleId());
                case FeedEvent.Entry _ -> {
                    // Not asked for.
                }
            }
        }
    }

    private void say(Operation operation) {
        if (!operation.status().isFinal()) {
            return;
        }
        String what = operation.kind().wire() + " " + operation.moduleId() + " "
                + operation.status().wire();
        Optional<Problem> problem = operation.problem();
        if (problem.isPresent()) {
            publish(
                    "ErrorFeed",
                    failure(
                            problem.get().type().code(),
                            what + ": " + problem.get().detail(),
                            problem.get().type().remedy()));
        } else {
            publish("NewsFeed", news("operation", what));
        }
    }

    private void say(ModuleView module) {
        ModuleView.Phase phase = module.state().phase();
        boolean isNew = phases.put(module.id(), phase) != phase;
        if (isNew && (phase == ModuleView.Phase.FAILED || phase == ModuleView.Phase.BACKOFF)) {
            publish(
                    "ErrorFeed",
                    failure(
                            "module-" + phase.wire(),
                            module.id() + ": " + module.state().reason(),
                            "See its log and its last exit."));
        }
    }

    private void publish(String feed, ObjectNode message) {
        // Without a connection there is nobody to hear it, and nothing to count as dropped.
        session.filter(it -> it.counters().isConnected())
                .ifPresent(it -> it.put(ModuleKeys.key(self, "feeder/" + feed), payloads.write(message), JSON));
    }

    @Override
    public void close() {
        events.close();
    }
}
