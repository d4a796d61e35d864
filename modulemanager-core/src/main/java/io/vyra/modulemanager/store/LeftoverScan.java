package io.vyra.modulemanager.store;

import io.vyra.modulemanager.module.ModuleId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks through the data folder for what is not a committed module. */
final class LeftoverScan {
    private static final Set<String> IN_MODULE = Set.of(
            StoreLayout.CURRENT, StoreLayout.STORAGE, StoreLayout.VERSIONS, StoreLayout.SNAPSHOTS, StoreLayout.LOGS);

    private final StoreLayout layout;
    private final List<Leftovers.Snapshot> snapshots = new ArrayList<>();
    private final List<String> partials = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    LeftoverScan(StoreLayout layout) {
        this.layout = layout;
    }

    Leftovers scan() throws IOException {
        for (Path module : ModuleStore.entries(layout.modules())) {
            Optional<ModuleId> id = ModuleId.parse(nameOf(module));
            if (id.isEmpty() || !StoreDisk.isFolder(module)) {
                unknown.add(relative(module));
            } else {
                module(id.get(), module);
            }
        }
        List<String> stagings = ModuleStore.entries(layout.staging()).stream()
                .map(LeftoverScan::nameOf)
                .toList();
        return new Leftovers(
                stagings,
                snapshots,
                partials,
                unknown,
                ModuleStore.entries(layout.trash()).size());
    }

    private void module(ModuleId id, Path module) throws IOException {
        for (Path entry : ModuleStore.entries(module)) {
            if (isPartial(entry)) {
                partials.add(relative(entry));
            } else if (!IN_MODULE.contains(nameOf(entry))) {
                unknown.add(relative(entry));
            }
        }
        for (Path version : ModuleStore.entries(layout.versions(id))) {
            if (!StoreLayout.isVersion(nameOf(version))) {
                unknown.add(relative(version));
            }
        }
        for (Path snapshot : ModuleStore.entries(module.resolve(StoreLayout.SNAPSHOTS))) {
            if (isPartial(snapshot)) {
                partials.add(relative(snapshot));
            } else {
                snapshots.add(new Leftovers.Snapshot(id, nameOf(snapshot)));
            }
        }
    }

    private static boolean isPartial(Path path) {
        return nameOf(path).startsWith(StoreLayout.PARTIAL_PREFIX);
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }

    private String relative(Path path) {
        return layout.data().relativize(path).toString();
    }
}
