package io.vyra.modulemanager.store;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one tree into an empty folder that nobody else writes to, and remembers what is where.
 *
 * <p>The memory is what keeps it from writing twice to a place or through a link: a folder that was not made here is not written to.
 * Not thread-safe.
 */
final class TreeWriter implements AutoCloseable {
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final PosixFilePermission[] MODE_BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private enum Kind {
        FOLDER,
        FILE,
        LINK
    }

    private final Path root;
    private final DiskSync disk;
    private final BackgroundSync files;
    private final Map<String, Kind> written = new HashMap<>();
    private final List<Path> folders = new ArrayList<>();
    private OutputStream open;
    private Path openPath;
    private long bytes;

    TreeWriter(Path root, DiskSync disk) {
        this.root = root;
        this.disk = disk;
        this.files = new BackgroundSync(disk);
    }

    void start() {
        try {
            if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(root);
            }
            try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
                if (content.iterator().hasNext()) {
                    throw new IOException("the folder is not empty");
                }
            }
            Files.setPosixFilePermissions(root, FOLDER_MODE);
            folders.add(root);
        } catch (IOException e) {
            throw StoreFailure.of("Unpacking into", root, e);
        }
    }

    /** A folder may be named several times, as tar does when it is given overlapping arguments. */
    void folder(EntryPath path) {
        if (path.isRoot()) {
            return;
        }
        Kind kind = written.get(path.toString());
        if (kind == Kind.FOLDER) {
            return;
        }
        claim(path, Kind.FOLDER);
        Path folder = resolve(path);
        try {
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, FOLDER_MODE);
            folders.add(folder);
        } catch (IOException e) {
            throw StoreFailure.of("Creating the folder", folder, e);
        }
    }

    void link(EntryPath path, String target) {
        claim(path, Kind.LINK);
        Path link = resolve(path);
        try {
            Files.createSymbolicLink(link, Path.of(target));
        } catch (InvalidPathException e) {
            throw unencodable(path, e);
        } catch (IOException e) {
            throw StoreFailure.of("Creating the link", link, e);
        }
    }

    void openFile(EntryPath path, int mode) {
        claim(path, Kind.FILE);
        openPath = resolve(path);
        try {
            // Private until its mode is set, so that a .env is never readable by others, not even for a moment.
            Files.createFile(openPath, PosixFilePermissions.asFileAttribute(PRIVATE));
            Set<PosixFilePermission> permissions = permissions(path, mode);
            if (!permissions.equals(PRIVATE)) {
                Files.setPosixFilePermissions(openPath, permissions);
            }
            open = Files.newOutputStream(openPath, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (FileAlreadyExistsException e) {
            // A file system that folds case or Unicode forms holds a name that differs in bytes.
            throw EntryPath.refused(path.toString(), "is there twice on this file system");
        } catch (IOException e) {
            throw StoreFailure.of("Writing", openPath, e);
        }
    }

    void append(byte[] buffer, int count) {
        try {
            open.write(buffer, 0, count);
            bytes += count;
        } catch (IOException e) {
            throw StoreFailure.of("Writing", openPath, e);
        }
    }

    void closeFile() {
        try {
            open.close();
            open = null;
            files.add(openPath);
        } catch (IOException e) {
            throw StoreFailure.of("Writing", openPath, e);
        }
    }

    /** Everything written is durable afterwards: files first, then the folders that name them, the root's own parent last. */
    void finish() {
        files.await();
        folders.reversed().forEach(this::sync);
        sync(root.toAbsolutePath().getParent());
    }

    private void sync(Path folder) {
        try {
            disk.folder(folder);
        } catch (IOException e) {
            throw StoreFailure.of("Syncing", folder, e);
        }
    }

    @Override
    public void close() {
        files.close();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw StoreFailure.of("Closing", openPath, e);
            }
        }
    }

    /** Bytes of file content written so far. */
    long bytes() {
        return bytes;
    }

    boolean hasFile(String path) {
        return written.get(path) == Kind.FILE;
    }

    List<String> topFolders() {
        return written.entrySet().stream()
                .filter(entry -> entry.getValue() == Kind.FOLDER)
                .map(Map.Entry::getKey)
                .filter(path -> path.indexOf('/') < 0)
                .sorted()
                .toList();
    }

    private void claim(EntryPath path, Kind kind) {
        if (path.isRoot()) {
            throw EntryPath.refused(path.toString(), "stands for the root but is no folder");
        }
        ensureParents(path);
        if (written.putIfAbsent(path.toString(), kind) != null) {
            throw EntryPath.refused(path.toString(), "is there twice");
        }
    }

    private void ensureParents(EntryPath path) {
        EntryPath parent = path.parent();
        if (parent.isRoot()) {
            return;
        }
        Kind kind = written.get(parent.toString());
        if (kind == Kind.LINK) {
            throw EntryPath.refused(path.toString(), "would be written through the link '" + parent + "'");
        }
        if (kind == Kind.FILE) {
            throw EntryPath.refused(path.toString(), "lies in '" + parent + "', which is a file");
        }
        if (kind == null) {
            folder(parent);
        }
    }

    private Path resolve(EntryPath path) {
        try {
            return root.resolve(path.toString());
        } catch (InvalidPathException e) {
            throw unencodable(path, e);
        }
    }

    private static ProblemException unencodable(EntryPath path, InvalidPathException cause) {
        return new ProblemException(
                ProblemType.INVALID_PACKAGE,
                "Entry '" + EntryPath.shown(path.toString())
                        + "' of the package has a name this machine's locale cannot write; start the manager with LC_ALL=C.UTF-8",
                cause);
    }

    /** The owner may always read and write; set-id bits and write access of others are dropped; secrets are the owner's alone. */
    private static Set<PosixFilePermission> permissions(EntryPath path, int mode) {
        if (path.fileName().equals(".env") || path.fileName().startsWith(".env.")) {
            return PRIVATE;
        }
        int kept = (mode & 0b111_101_101) | 0b110_000_000;
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < MODE_BITS.length; bit++) {
            if ((kept & (1 << bit)) != 0) {
                permissions.add(MODE_BITS[bit]);
            }
        }
        return permissions;
    }
}
