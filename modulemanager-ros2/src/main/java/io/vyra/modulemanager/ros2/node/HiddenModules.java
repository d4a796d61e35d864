package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.feed.FeedEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Modules that only administrators may see, with those that were removed lately: the last events about them come later. Used by one thread. */
final class HiddenModules {
    private static final int MOST_REMOVED = 1_000;

    private final SequencedSet<String> ids = new LinkedHashSet<>();

    /**
     * Takes in what there is to know before events are told.
     *
     * @param events    which may be of modules that are gone by now
     * @param installed as they are now
     */
    void look(List<FeedEvent> events, List<ModuleView> installed) {
        for (FeedEvent event : events) {
            if (event instanceof FeedEvent.ModuleChanged(long _, var _, ModuleView module)) {
                note(module);
            }
        }
        installed.forEach(this::note);
        while (ids.size() > installed.size() + MOST_REMOVED) {
            ids.removeFirst();
        }
    }

    private void note(ModuleView module) {
        if (module.permissions().visible()) {
            ids.remove(module.id());
        } else {
            ids.addLast(module.id());
        }
    }

    boolean contains(String module) {
        return ids.contains(module);
    }
}
