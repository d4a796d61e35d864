package io.vyra.modulemanager.zenoh.watch;

import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.zenoh.bus.ModuleKeys;
import io.vyra.modulemanager.zenoh.connection.BusPart;
import io.vyra.modulemanager.zenoh.connection.TrafficMeter;
import io.vyra.modulemanager.zenoh.payload.BadPayloadException;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.session.Locality;
import io.vyra.zenoh.session.Sample;
import io.vyra.zenoh.session.Subscriber;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Hears the feeds of all modules.
 *
 * <p>A module's state comes in single values, and one may be lost: a sender swallows what it said within the last 5 s. So the module is asked
 * for all of it when it appears, when a value cannot follow the one before, when it was not heard of for {@link #SILENCE}, and when the bus
 * is connected again. One that does not answer then counts as gone.
 *
 * <p>Thread-safe.
 */
public final class FeedWatch implements BusPart {
    /** Three heartbeats. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final ModuleId self;
    private final Predicate<ModuleId> isInstalled;
    private final Supplier<? extends Collection<ModuleId>> running;
    private final ModuleReports reports;
    private final Heartbeats heartbeats;
    private final JsonPayloads payloads;
    private final Refusals refusals;
    private final TrafficMeter traffic;
    private final Reconciler reconciler;
    private final StateReader states;
    private final Executor threads;
    private final List<Subscriber> subscribers = new ArrayList<>();

    /**
     * @param self what the manager itself says is not heard
     * @param isInstalled who is heard; others are counted by {@code reports} only
     * @param running modules that have a process, to be asked when the bus is connected
     */
    public FeedWatch(
            ModuleId self,
            Predicate<ModuleId> isInstalled,
            Supplier<? extends Collection<ModuleId>> running,
            ModuleReports reports,
            Heartbeats heartbeats,
            StateReader states,
            JsonPayloads payloads,
            Refusals refusals,
            TrafficMeter traffic,
            Executor threads) {
        this.self = self;
        this.isInstalled = isInstalled;
        this.running = running;
        this.reports = reports;
        this.heartbeats = heartbeats;
        this.states = states;
        this.payloads = payloads;
        this.refusals = refusals;
        this.traffic = traffic;
        this.threads = threads;
        this.reconciler = new Reconciler(states, threads);
    }

    @Override
    public synchronized void attach(ZenohSession session) {
        for (Feed feed : Feed.values()) {
            subscribers.add(session.declareSubscriber(
                    KeyExpression.of(feed.ofAll()), Locality.REMOTE, sample -> heard(feed, sample)));
        }
    }

    @Override
    public void connected() {
        running.get().forEach(module -> reconciler.ask(module, "the bus is connected"));
    }

    @Override
    public synchronized void detach() {
        subscribers.forEach(Subscriber::close);
        subscribers.clear();
    }

    private void heard(Feed feed, Sample sample) {
        if (sample.kind() == Sample.Kind.PUT) {
            heard(feed, sample.key(), sample.payload());
        }
    }

    /** Takes one message in; never throws because of what it holds. */
    void heard(Feed feed, KeyExpression key, Bytes payload) {
        Optional<ModuleId> module = ModuleKeys.moduleOf(key);
        if (module.isEmpty()) {
            refusals.add(key.toString(), "its key does not begin with a module's id");
            return;
        }
        if (module.get().equals(self)) {
            return;
        }
        boolean installed = isInstalled.test(module.get());
        if (installed) {
            traffic.fromModule(module.get());
        }
        try {
            FeedMessage message = FeedDecoder.decode(feed, payloads.read(payload));
            if (installed && heartbeats.heard(module.get())) {
                reconciler.ask(module.get(), "it appeared");
            }
            take(module.get(), message);
        } catch (BadPayloadException e) {
            refusals.add(key.toString(), e.getMessage());
        }
    }

    private void take(ModuleId module, FeedMessage message) {
        switch (message) {
            case FeedMessage.State state -> {
                if (!reports.state(module, state.value())) {
                    reconciler.ask(module, "a transition to " + state.value().wire() + " was lost");
                } else if (isIncomplete(reports.layers(module)) && reports.hears(module)) {
                    // It came back, and says of itself that one thing only.
                    reconciler.ask(module, "not all of its layers are known");
                }
            }
            case FeedMessage.News news -> {
                if (!news.isHeartbeat()) {
                    reports.entry(FeedEntry.Kind.NEWS, module, news.message(), news.type());
                }
            }
            case FeedMessage.Failure failure ->
                reports.entry(FeedEntry.Kind.ERROR, module, failure.description(), failure.detail());
            case FeedMessage.Log log -> reports.entry(FeedEntry.Kind.LOG, module, log.message(), log.level());
        }
    }

    private static boolean isIncomplete(StateLayers layers) {
        return layers.lifecycle().isEmpty()
                || layers.operational().isEmpty()
                || layers.health().isEmpty();
    }

    /** Asks those that were not heard of for too long; to be called every few seconds. Does not block. */
    public void lookForSilence() {
        for (ModuleId module : heartbeats.olderThan(SILENCE)) {
            threads.execute(() -> {
                if (states.read(module).isEmpty()) {
                    heartbeats.forget(module);
                    reports.gone(module);
                }
            });
        }
    }
}
