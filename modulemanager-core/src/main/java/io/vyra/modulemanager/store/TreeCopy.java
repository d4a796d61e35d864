package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Copies one tree with its links, modes, times and (where permitted) owners, durably.
 *
 * <p>What is in the target already stays as it is, and no half-copied file is ever seen under its name. What is neither file, folder
 * nor link (a socket, say) is left out.
 */
final class TreeCopy extends SimpleFileVisitor<Path> {
    private static final Logger LOG = Logger.getLogger(TreeCopy.class);

    private final Path source;
    private final Path target;
    private final DiskSync disk;

    private TreeCopy(Path source, Path target, DiskSync disk) {
        this.source = source;
        this.target = target;
        this.disk = disk;
    }

    /** @param target may exist; its parent must */
    static void addMissing(Path source, Path target, DiskSync disk) throws IOException {
        Files.walkFileTree(source, new TreeCopy(source, target, disk));
        disk.folder(target.getParent());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        Path copy = placeOf(folder);
        if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(folder, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
            Set<PosixFilePermission> writable = EnumSet.of(
                    PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
            writable.addAll(Files.getPosixFilePermissions(folder));
            Files.setPosixFilePermissions(copy, writable);
        }
        return Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path copy = placeOf(file);
        if (Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            return FileVisitResult.CONTINUE;
        }
        if (attributes.isOther()) {
            LOG.warnf("Special file left out of a copy file=%s", file);
            return FileVisitResult.CONTINUE;
        }
        Path partial = copy.resolveSibling(StoreLayout.PARTIAL_PREFIX + copy.getFileName());
        Files.copy(
                file,
                partial,
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        if (attributes.isRegularFile()) {
            disk.file(partial);
        }
        Files.move(partial, copy, StandardCopyOption.ATOMIC_MOVE);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException cause) throws IOException {
        if (cause != null) {
            throw cause;
        }
        Path copy = placeOf(folder);
        if (!Files.getPosixFilePermissions(copy).equals(Files.getPosixFilePermissions(folder))) {
            Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(folder));
        }
        disk.folder(copy);
        return FileVisitResult.CONTINUE;
    }

    private Path placeOf(Path path) {
        return target.resolve(source.relativize(path));
    }
}
