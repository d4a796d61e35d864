package io.vyra.modulemanager.api.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleStats;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.feed.Subscription;
import io.vyra.modulemanager.operation.Operation;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Restarts, availability and phases of modules, and durations of operations.
 *
 * <p>Follows the feed like any other reader; a gap only delays what it counts from the modules themselves.
 */
@Singleton
public class ManagerMetrics {
    private static final Logger LOG = Logger.getLogger(ManagerMetrics.class);
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final ModuleManager manager;
    private final FeedHub feed;
    private final MeterRegistry registry;
    private final BusMetrics bus;
    private final MultiGauge restarts;
    private final MultiGauge availability;
    private Optional<Subscription> subscription = Optional.empty();

    public ManagerMetrics(ModuleManager manager, FeedHub feed, MeterRegistry registry, BusMetrics bus) {
        this.manager = manager;
        this.feed = feed;
        this.registry = registry;
        this.bus = bus;
        this.restarts = MultiGauge.builder("module_restarts")
                .description("Restarts after failures since the module was installed")
                .register(registry);
        this.availability = MultiGauge.builder("module_availability_ratio")
                .description(
                        "Part of the time it was desired to run in which the module ran, since the manager started")
                .register(registry);
        for (Phase phase : Phase.values()) {
            Gauge.builder("modules", () -> count(phase))
                    .description("Installed modules by phase")
                    .tag("phase", phase.wire())
                    .register(registry);
        }
        Gauge.builder("event_subscribers", feed::subscribers)
                .description("Readers of the event stream")
                .register(registry);
    }

    private long count(Phase phase) {
        return manager.modules(Caller.MANAGER).stream()
                .filter(module -> module.state().phase() == phase)
                .count();
    }

    void begin(@Observes StartupEvent event) {
        Subscription following =
                feed.subscribe(it -> it instanceof FeedEvent.OperationChanged || it instanceof FeedEvent.ModuleChanged);
        subscription = Optional.of(following);
        // Reading the database would hold up the virtual threads that share a carrier with it.
        Thread.ofPlatform().daemon().name("metrics").start(() -> follow(following));
    }

    void end(@Observes ShutdownEvent event) {
        subscription.ifPresent(Subscription::close);
    }

    private void follow(Subscription following) {
        long refreshed = System.nanoTime() - REFRESH.toNanos();
        try {
            while (!following.isClosed()) {
                following.next(REFRESH).ifPresent(this::count);
                // Not at every event: a robot that restarts everything has hundreds a second.
                if (System.nanoTime() - refreshed >= REFRESH.toNanos()) {
                    refreshModules();
                    refreshed = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Subscription.Item item) {
        if (item instanceof Subscription.Item.Event(FeedEvent.OperationChanged changed)
                && changed.operation().status().isFinal()) {
            countOperation(changed.operation());
        }
    }

    private void countOperation(Operation operation) {
        Duration took =
                Duration.between(operation.createdAt(), operation.endedAt().orElse(operation.createdAt()));
        Timer.builder("operation_duration")
                .description("Time from the request to the end of an operation")
                .tag("kind", operation.kind().wire())
                .tag("outcome", operation.status().wire())
                .register(registry)
                .record(took);
    }

    private void refreshModules() {
        try {
            readModules();
            bus.refresh();
        } catch (RuntimeException e) {
            // A database that refuses for a moment must not end the metrics for ever.
            LOG.warnf("Metrics not refreshed cause=%s", e.getMessage());
        }
    }

    private void readModules() {
        List<ModuleStats> stats = new ArrayList<>();
        for (ModuleView module : manager.modules(Caller.MANAGER)) {
            stats.add(manager.stats(module.id(), Caller.MANAGER));
        }
        restarts.register(rows(stats, ModuleStats::restarts), true);
        availability.register(rows(stats, ModuleStats::availability), true);
    }

    private static List<MultiGauge.Row<?>> rows(List<ModuleStats> stats, ToDoubleFunction<ModuleStats> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (ModuleStats it : stats) {
            rows.add(MultiGauge.Row.of(Tags.of("module", it.moduleId()), it, value));
        }
        return rows;
    }
}
