package io.vyra.modulemanager.store;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The module's own data: where it comes from at the first install, and the copies an operation may return to. */
final class ModuleStorage {
    private final StoreLayout layout;
    private final StoreDisk disk;

    ModuleStorage(StoreLayout layout, StoreDisk disk) {
        this.layout = layout;
        this.disk = disk;
    }

    /**
     * Sees to it that the module has storage and that the staged tree's {@code storage} is a link to it. A {@code storage} folder of
     * the package fills in missing files, but only as long as no version was committed: later the data is the module's.
     */
    void attach(ModuleId id, Path stagedTree, boolean isFirstVersion) throws IOException {
        Path seed = stagedTree.resolve(StoreLayout.STORAGE);
        Path storage = layout.storage(id);
        if (!StoreDisk.exists(storage) && StoreDisk.isFolder(layout.kept(id))) {
            disk.rename(layout.kept(id), storage);
        }
        disk.ensureFolder(storage);
        if (Files.isSymbolicLink(seed) && Files.readSymbolicLink(seed).equals(StoreLayout.STORAGE_LINK)) {
            return;
        }
        if (StoreDisk.exists(seed) && !StoreDisk.isFolder(seed)) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    "Entry 'storage' of the package must be a folder; the manager puts a link to the module's data there");
        }
        if (StoreDisk.isFolder(seed)) {
            if (isFirstVersion) {
                TreeCopy.addMissing(seed, storage, disk.sync());
            }
            disk.toTrash(seed);
        }
        disk.replaceLink(seed, StoreLayout.STORAGE_LINK);
    }

    /** Copies storage; the snapshot appears under its name only when it is whole. A snapshot that exists is left as it is. */
    void snapshot(ModuleId id, String operationId) throws IOException {
        Path snapshot = layout.snapshot(id, operationId);
        if (StoreDisk.exists(snapshot)) {
            return;
        }
        Path partial = snapshot.resolveSibling(StoreLayout.PARTIAL_PREFIX + operationId);
        disk.ensureFolder(snapshot.getParent());
        disk.toTrash(partial);
        disk.ensureFolder(layout.storage(id));
        TreeCopy.addMissing(layout.storage(id), partial, disk.sync());
        disk.rename(partial, snapshot);
    }

    /**
     * Puts the snapshot in storage's place. Two renames: between them storage is missing and the snapshot still there, and calling
     * again finishes the work. Without a snapshot nothing happens: it was restored or dropped before.
     */
    void restore(ModuleId id, String operationId) throws IOException {
        Path snapshot = layout.snapshot(id, operationId);
        if (StoreDisk.exists(snapshot)) {
            disk.toTrash(layout.storage(id));
            disk.rename(snapshot, layout.storage(id));
        }
    }

    void drop(ModuleId id, String operationId) throws IOException {
        Path snapshot = layout.snapshot(id, operationId);
        disk.toTrash(snapshot.resolveSibling(StoreLayout.PARTIAL_PREFIX + operationId));
        disk.toTrash(snapshot);
    }

    /** Puts the data of a module that goes away aside; data kept earlier stays beside it. */
    void keep(ModuleId id) throws IOException {
        Path storage = layout.storage(id);
        if (!StoreDisk.exists(storage)) {
            return;
        }
        disk.ensureFolder(layout.kept());
        Path kept = layout.kept(id);
        for (int i = 1; StoreDisk.exists(kept); i++) {
            kept = layout.kept().resolve(id + "." + i);
        }
        disk.rename(storage, kept);
    }
}
