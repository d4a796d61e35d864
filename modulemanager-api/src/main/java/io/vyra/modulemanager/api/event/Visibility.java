package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.feed.FeedEvent;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which events a user may see: those of hidden modules are for administrators only. Thread-safe. */
final class Visibility {
    private final boolean everything;
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    private Visibility(boolean everything) {
        this.everything = everything;
    }

    /** As things are now; events keep it up to date. */
    static Visibility of(ModuleManager manager, Caller caller) {
        Visibility visibility = new Visibility(caller.role() == Role.ADMIN);
        if (!visibility.everything) {
            manager.modules(Caller.MANAGER).stream()
                    .filter(module -> !module.permissions().visible())
                    .map(ModuleView::id)
                    .forEach(visibility.hidden::add);
        }
        return visibility;
    }

    boolean maySee(String moduleId) {
        return everything || !hidden.contains(moduleId);
    }

    boolean maySee(FeedEvent event) {
        return everything
                || switch (event) {
                    case FeedEvent.ModuleChanged changed -> noted(changed.module());
                    case FeedEvent.ModuleRemoved removed -> removed.visible();
                    case FeedEvent.OperationChanged changed ->
                        !hidden.contains(changed.operation().moduleId());
                    case FeedEvent.Entry entry -> !hidden.contains(entry.entry().moduleId());
                };
    }

    private boolean noted(ModuleView module) {
        if (module.permissions().visible()) {
            hidden.remove(module.id());
            return true;
        }
        hidden.add(module.id());
        return false;
    }
}
