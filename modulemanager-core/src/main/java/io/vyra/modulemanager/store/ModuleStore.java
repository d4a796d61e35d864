package io.vyra.modulemanager.store;

import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.module.ManagerLabel;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.module.ManifestReading;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.semver4j.Semver;

/**
 * Module versions on disk, see {@link StoreLayout} for where.
 *
 * <p>Every method may be repeated and may be cut off by a crash at any point: calling it again brings it to its end. What a method
 * did is durable when it returns. Calls that concern the same module or operation must not overlap; others may. Failures are
 * {@link ProblemException}s, {@link ProblemType#DISK_FULL} among them.
 */
public final class ModuleStore {
    private final StoreLayout layout;
    private final StoreDisk disk;
    private final ModuleStorage storage;
    private final ManifestReader manifests;

    /** @param data created when missing */
    public ModuleStore(Path data, DiskSync sync, ManifestReader manifests) {
        this.layout = new StoreLayout(data.toAbsolutePath().normalize());
        this.disk = new StoreDisk(sync, layout.trash());
        this.storage = new ModuleStorage(layout, disk);
        this.manifests = manifests;
        during("Preparing", data, () -> {
            disk.ensureFolders(List.of(layout.modules(), layout.staging(), layout.trash(), layout.kept()));
            return null;
        });
    }

    /** The operation's own folder for what is not committed yet; made when missing. */
    public Path stagingFolder(String operationId) {
        Path folder = layout.staging(operationId);
        return during("Creating", folder, () -> {
            disk.ensureFolder(folder);
            return folder;
        });
    }

    public void discardStaging(String operationId) {
        Path folder = layout.staging(operationId);
        during("Discarding", folder, () -> {
            disk.toTrash(folder);
            return null;
        });
    }

    /** A path for the journal: relative to the data folder if it lies there, so that the whole folder can move. */
    public String journaled(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(layout.data()) ? layout.data().relativize(absolute) : absolute).toString();
    }

    /** The path that {@link #journaled} was given. */
    public Path located(String journaled) {
        return layout.data().resolve(journaled);
    }

    /** Moves a file into a staging folder; nothing happens when it is gone, because an earlier call did it. */
    public void takeIn(Path file, Path staged) {
        during("Taking in", file, () -> {
            if (StoreDisk.exists(file)) {
                disk.rename(file, staged);
            } else {
                disk.sync().folder(staged.getParent());
            }
            return null;
        });
    }

    /** Takes a half-unpacked tree out of a staging folder; nothing happens when there is none. */
    public void discardTree(Path stagedTree) {
        during("Discarding", stagedTree, () -> {
            disk.toTrash(stagedTree);
            return null;
        });
    }

    /**
     * Makes a staged tree a version of the module: labels it, connects its storage and renames it into place. A version of the same
     * content that is there already is fine, also when the staged tree is gone.
     *
     * @param stagedTree unpacked, durable, its manifest read without error; on the data folder's file system
     * @throws ProblemException {@link ProblemType#CONFLICT} when the version is there with other content
     */
    public void commit(ModuleId id, Semver version, Path stagedTree, ModuleId manager) {
        Path tree = layout.tree(id, version.getVersion());
        during("Committing", tree, () -> {
            if (!StoreDisk.exists(stagedTree) && StoreDisk.isFolder(tree)) {
                disk.sync().folder(tree.getParent());
                return null;
            }
            boolean isFirstVersion = versions(id).isEmpty();
            disk.ensureFolder(layout.versions(id));
            disk.ensureFolder(layout.logs(id));
            ManagerLabel.write(stagedTree, manager);
            storage.attach(id, stagedTree, isFirstVersion);
            if (!StoreDisk.exists(tree)) {
                disk.rename(stagedTree, tree);
            } else if (TreeComparison.isSame(stagedTree, tree)) {
                disk.toTrash(stagedTree);
            } else {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Version " + version + " of " + id
                                + " is on the disk with other content; remove it first, or give the package a new version");
            }
            return null;
        });
    }

    /** The version {@code current} points to; empty when nothing is current. */
    public Optional<String> current(ModuleId id) {
        Path link = layout.current(id);
        return during("Reading", link, () -> {
            try {
                Path target = Files.readSymbolicLink(link);
                String version = target.getFileName().toString();
                return target.equals(Path.of(StoreLayout.VERSIONS, version)) && StoreLayout.isVersion(version)
                        ? Optional.of(version)
                        : Optional.empty();
            } catch (NoSuchFileException | NotLinkException e) {
                return Optional.empty();
            }
        });
    }

    /** Makes a committed version the current one, in one step. */
    public void switchCurrent(ModuleId id, String version) {
        Path tree = layout.tree(id, version);
        during("Switching to", tree, () -> {
            if (!StoreDisk.isFolder(tree)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "Version " + version + " of " + id + " is not on the disk");
            }
            disk.replaceLink(layout.current(id), Path.of(StoreLayout.VERSIONS, version));
            return null;
        });
    }

    public void clearCurrent(ModuleId id) {
        during("Deleting", layout.current(id), () -> {
            disk.deleteLink(layout.current(id));
            return null;
        });
    }

    /** Where the version's tree lies or would lie; absolute when the data folder is. */
    public Path tree(ModuleId id, String version) {
        return layout.tree(id, version);
    }

    public Path storage(ModuleId id) {
        return layout.storage(id);
    }

    public Path logs(ModuleId id) {
        return layout.logs(id);
    }

    public boolean hasVersion(ModuleId id, String version) {
        return StoreDisk.isFolder(layout.tree(id, version));
    }

    /** @throws ProblemException {@link ProblemType#INVALID_MANIFEST} also when the version is not there */
    public ManifestReading manifest(ModuleId id, String version) {
        return manifests.read(layout.tree(id, version));
    }

    /** Takes a version away. One that is current is refused: nothing current may be missing. */
    public void trashVersion(ModuleId id, String version) {
        Path tree = layout.tree(id, version);
        during("Removing", tree, () -> {
            if (current(id).filter(version::equals).isPresent()) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "Version " + version + " of " + id + " is current and cannot be deleted");
            }
            disk.toTrash(tree);
            return null;
        });
    }

    /** Takes the whole module away; its data stays under {@code kept/} when wanted, and a later install of the same id finds it. */
    public void trashModule(ModuleId id, boolean keepData) {
        during("Removing", layout.module(id), () -> {
            disk.deleteLink(layout.current(id));
            if (keepData) {
                storage.keep(id);
            }
            disk.toTrash(layout.module(id));
            return null;
        });
    }

    /** Deletes what is in the trash; returns when it is gone. May take long; never follows a link. */
    public void emptyTrash() {
        during("Emptying", layout.trash(), () -> {
            for (Path entry : entries(layout.trash())) {
                if (Thread.currentThread().isInterrupted()) {
                    throw StoreFailure.interrupted(null);
                }
                TreeDeletion.delete(entry);
            }
            return null;
        });
    }

    /** Whether data of an earlier installation of the module was kept and waits for it. */
    public boolean hasKeptData(ModuleId id) {
        return StoreDisk.isFolder(layout.kept(id));
    }

    public void snapshotStorage(ModuleId id, String operationId) {
        during("Copying", layout.storage(id), () -> {
            storage.snapshot(id, operationId);
            return null;
        });
    }

    public void restoreStorage(ModuleId id, String operationId) {
        during("Restoring", layout.storage(id), () -> {
            storage.restore(id, operationId);
            return null;
        });
    }

    public void dropSnapshot(ModuleId id, String operationId) {
        during("Dropping", layout.snapshot(id, operationId), () -> {
            storage.drop(id, operationId);
            return null;
        });
    }

    /** Committed versions, newest first by semantic version. */
    public List<Semver> versions(ModuleId id) {
        Path folder = layout.versions(id);
        return during(
                "Reading",
                folder,
                () -> entries(folder).stream()
                        .filter(StoreDisk::isFolder)
                        .map(path -> path.getFileName().toString())
                        .filter(StoreLayout::isVersion)
                        .map(Semver::new)
                        .sorted(Comparator.<Semver>reverseOrder())
                        .toList());
    }

    /** Committed versions with their sizes and no reasons yet, as {@link RetentionRule} takes them. Walks the trees. */
    public List<KeptVersion> keptVersions(ModuleId id) {
        return versions(id).stream()
                .map(version -> during("Reading", layout.tree(id, version.getVersion()), () -> {
                    Path tree = layout.tree(id, version.getVersion());
                    return new KeptVersion(
                            id.toString(),
                            version.getVersion(),
                            bytesOf(tree),
                            Files.readAttributes(tree, BasicFileAttributes.class)
                                    .lastModifiedTime()
                                    .toInstant(),
                            List.of());
                }))
                .toList();
    }

    /** Modules that have a folder, whether or not a version is current, ordered by id. */
    public List<ModuleId> moduleIds() {
        return during(
                "Reading",
                layout.modules(),
                () -> entries(layout.modules()).stream()
                        .filter(StoreDisk::isFolder)
                        .flatMap(path -> ModuleId.parse(path.getFileName().toString()).stream())
                        .sorted()
                        .toList());
    }

    /** Bytes of all files below; links count nothing. */
    public long bytesOf(Path tree) {
        return during("Measuring", tree, () -> TreeComparison.bytesOf(tree));
    }

    /** What lies about besides committed modules. Changes nothing. */
    public Leftovers leftovers() {
        return during("Scanning", layout.data(), () -> new LeftoverScan(layout).scan());
    }

    /** Removes unfinished names; call it before any operation runs. */
    public void discardPartials() {
        for (String partial : leftovers().partials()) {
            Path path = layout.data().resolve(partial);
            during("Discarding", path, () -> {
                disk.toTrash(path);
                return null;
            });
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        if (!StoreDisk.isFolder(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private interface DiskAction<T> {
        T run() throws IOException;
    }

    private static <T> T during(String action, Path path, DiskAction<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw StoreFailure.of(action, path, e);
        } catch (UncheckedIOException e) {
            throw StoreFailure.of(action, path, e.getCause());
        }
    }
}
