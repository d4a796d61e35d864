package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/** The few durable changes of names that everything in the store is made of. */
final class StoreDisk {
    private final DiskSync sync;
    private final Path trash;

    StoreDisk(DiskSync sync, Path trash) {
        this.sync = sync;
        this.trash = trash;
    }

    DiskSync sync() {
        return sync;
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a folder and what is missing above it durable. */
    void ensureFolder(Path folder) throws IOException {
        if (isFolder(folder)) {
            // Made by an earlier call that a crash may have cut off before its sync.
            sync.folder(folder.getParent());
            return;
        }
        ensureFolder(folder.getParent());
        Files.createDirectory(folder);
        sync.folder(folder.getParent());
    }

    /** The same for folders of one parent: their names reach the disk together. */
    void ensureFolders(List<Path> siblings) throws IOException {
        Path parent = siblings.getFirst().getParent();
        List<Path> missing =
                siblings.stream().filter(folder -> !isFolder(folder)).toList();
        if (!missing.isEmpty()) {
            ensureFolder(parent);
        }
        for (Path folder : missing) {
            Files.createDirectory(folder);
        }
        // Whether they are new or not: an earlier call may have been cut off before its sync.
        sync.folder(parent);
    }

    /** Renames in one step; the new name is durable before the old one is reported gone. */
    void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(from + " and " + to + " must be on the same file system", e);
        }
        sync.folder(to.getParent());
        if (!from.getParent().equals(to.getParent())) {
            sync.folder(from.getParent());
        }
    }

    /** Moves out of sight; deleting is for later. Gone already is fine. */
    void toTrash(Path path) throws IOException {
        if (!exists(path)) {
            // Perhaps moved by an earlier call that a crash cut off before its sync.
            if (isFolder(path.getParent())) {
                sync.folder(path.getParent());
            }
            return;
        }
        ensureFolder(trash);
        try {
            rename(path, trash.resolve(path.getFileName() + "." + UUID.randomUUID()));
        } catch (NoSuchFileException e) {
            if (exists(path)) {
                throw e;
            }
        }
    }

    /** Puts a link in place in one step, over an older link. */
    void replaceLink(Path link, Path target) throws IOException {
        Path fresh = link.resolveSibling(StoreLayout.PARTIAL_PREFIX + link.getFileName());
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE);
        sync.folder(link.getParent());
    }

    void deleteLink(Path link) throws IOException {
        if (isFolder(link.getParent())) {
            Files.deleteIfExists(link);
            sync.folder(link.getParent());
        }
    }
}
