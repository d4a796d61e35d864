package io.vyra.module;

import io.vyra.module.json.JsonObject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** What a module tells without being asked: state, news, errors and its log. Thread-safe. */
public final class Feeds {
    /** How grave a log entry is. */
    public enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR,
        CRITICAL
    }

    static final int KEPT_LOG_ENTRIES = 500;

    private final Bus bus;
    private final ModuleIdentity identity;
    private final InstantSource clock;
    private final Deque<JsonObject> log = new ArrayDeque<>();

    Feeds(Bus bus, ModuleIdentity identity, InstantSource clock) {
        this.bus = bus;
        this.identity = identity;
        this.clock = clock;
    }

    /** Tells something that people may want to know. */
    public void news(String message) {
        news("info", message);
    }

    private void news(String type, String message) {
        bus.publish(
                "feeder/NewsFeed",
                JsonObject.of("type", type)
                        .with("message", message)
                        .with("timestamp", now())
                        .with("module_id", identity.toString())
                        .with("module_name", identity.name()));
    }

    /**
     * Tells of an error.
     *
     * @param code the module's own, for example {@code E7}
     * @param solution what somebody can do about it; may be empty
     */
    public void error(String code, String description, String solution) {
        bus.publish(
                "feeder/ErrorFeed",
                JsonObject.of("error_id", UUID.randomUUID().toString())
                        .with("error_code", code)
                        .with("module_id", identity.toString())
                        .with("description", description)
                        .with("solution", solution)
                        .with("miscellaneous", "")
                        .with("timestamp", now()));
    }

    /** Logs; the last {@value #KEPT_LOG_ENTRIES} entries can be asked for. */
    public void log(Level level, String logger, String message) {
        JsonObject entry = JsonObject.of("level", level.name())
                .with("message", message)
                .with("logger_name", logger)
                .with("module_id", identity.toString())
                .with("module_name", identity.name())
                .with("timestamp", now());
        synchronized (log) {
            log.addLast(entry);
            if (log.size() > KEPT_LOG_ENTRIES) {
                log.removeFirst();
            }
        }
        bus.publish("feeder/LogFeed", entry);
    }

    /** The newest entries, oldest first. */
    List<JsonObject> logHistory(int limit) {
        synchronized (log) {
            List<JsonObject> all = new ArrayList<>(log);
            return all.subList(Math.max(0, all.size() - limit), all.size());
        }
    }

    void state(String previous, LayerValue current) {
        bus.publish(
                "feeder/StateFeed",
                JsonObject.of("previous", previous)
                        .with("current", current.wire())
                        .with("timestamp", now()));
    }

    /** That the module is still there, and how it is. */
    void heartbeat(ModuleState.Layers layers) {
        news("heartbeat", "heartbeat: " + now());
        state("N/A", layers.lifecycle());
        state("N/A", layers.operational());
        state("N/A", layers.health());
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
