package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.OperationListener;
import io.vyra.modulemanager.operation.Operations;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.Supervision;
import io.vyra.modulemanager.supervision.SupervisionListener;
import java.util.Optional;

/** Turns what happens into feed events, and lets modules go when the operation that held them has ended. Thread-safe. */
final class Announcements implements SupervisionListener, OperationListener {
    private final FeedHub feed;
    private final InstanceRegistry registry;

    /** Set once before anything runs: the parts they come from need this object first. */
    private volatile Optional<Parts> parts = Optional.empty();

    Announcements(FeedHub feed, InstanceRegistry registry) {
        this.feed = feed;
        this.registry = registry;
    }

    private record Parts(ModuleViews views, Operations operations, Supervision supervision, ModuleReports reports) {}

    void connect(ModuleViews views, Operations operations, Supervision supervision, ModuleReports reports) {
        parts = Optional.of(new Parts(views, operations, supervision, reports));
    }

    @Override
    public void changed(ModuleId module, InstanceState from, InstanceState to) {
        if (to.process().isEmpty()) {
            parts.ifPresent(it -> it.reports().gone(module));
        }
        announceView(module);
        if (from.phase() != to.phase()) {
            feed.entry(new FeedEntry(
                    FeedEntry.Kind.STATE,
                    module.toString(),
                    from.phase().wire() + " → " + to.phase().wire() + ": " + to.reason(),
                    to.phase().wire()));
        }
        if (to instanceof InstanceState.Failed || to instanceof InstanceState.Backoff) {
            feed.entry(new FeedEntry(
                    FeedEntry.Kind.ERROR,
                    module.toString(),
                    to.reason(),
                    to.phase().wire()));
        }
    }

    @Override
    public void changed(Operation operation) {
        feed.operationChanged(operation);
        Optional<ModuleId> module = ModuleId.parse(operation.moduleId());
        if (operation.status().isFinal()) {
            parts.ifPresent(it -> it.supervision().releaseAll(operation.id(), "operation ended"));
            feed.entry(new FeedEntry(
                    operation.problem().isPresent() ? FeedEntry.Kind.ERROR : FeedEntry.Kind.NEWS,
                    operation.moduleId(),
                    operation.kind().wire() + " " + operation.status().wire()
                            + operation
                                    .problem()
                                    .map(Problem::detail)
                                    .map(text -> ": " + text)
                                    .orElse(""),
                    operation.status().wire()));
        }
        module.ifPresent(this::announceView);
    }

    /** What is seen of a module changed in a way that is no transition. */
    void announceView(ModuleId module) {
        parts.ifPresent(it -> registry.find(module).ifPresent(record -> {
            Optional<String> operation =
                    Optional.ofNullable(it.operations().busyModules().get(module.toString()));
            feed.moduleChanged(it.views().view(record, operation));
        }));
    }

    void removed(ModuleId module) {
        boolean visible = parts.flatMap(it -> registry.find(module)
                        .map(record -> it.views()
                                .view(record, Optional.empty())
                                .permissions()
                                .visible()))
                .orElse(true);
        feed.moduleRemoved(module.toString(), visible);
    }
}
