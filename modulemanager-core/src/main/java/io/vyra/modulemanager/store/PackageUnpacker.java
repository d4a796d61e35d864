package io.vyra.modulemanager.store;

import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks a package, whose every byte may be hostile, into a folder of its own.
 *
 * <p>Files, folders and symbolic links that stay inside are written, anything else is refused with
 * {@link ProblemType#INVALID_PACKAGE} and the entry's name. Nothing is ever written through a link. When {@link #unpack} returns, all
 * it wrote is durable. When it throws, the target holds a part of the tree and is to be discarded. Thread-safe.
 */
public final class PackageUnpacker {
    private static final int BUFFER = 256 << 10;
    private static final long PROGRESS_STEP = 1 << 20;

    private final UnpackLimits limits;
    private final DiskSync disk;

    public PackageUnpacker(UnpackLimits limits, DiskSync disk) {
        this.limits = limits;
        this.disk = disk;
    }

    /**
     * @param packageFile a {@code tar.gz}
     * @param target      an empty folder, or one that does not exist and whose parent does
     * @param progress    told about each entry and each mebibyte; what it throws ends the unpacking
     * @throws ProblemException {@link ProblemType#INVALID_PACKAGE}, {@link ProblemType#DISK_FULL}, {@link ProblemType#SHUTTING_DOWN}
     *     when the thread was interrupted
     */
    public Unpacked unpack(Path packageFile, Path target, UnpackProgress progress) {
        TreeWriter writer = new TreeWriter(target, disk);
        try (InputStream file = Files.newInputStream(packageFile, LinkOption.NOFOLLOW_LINKS);
                PackageStream stream = new PackageStream(file, limits)) {
            writer.start();
            int entries = 0;
            for (TarArchiveEntry entry = stream.next(); entry != null; entry = stream.next()) {
                if (++entries > limits.entries()) {
                    throw new ProblemException(
                            ProblemType.INVALID_PACKAGE, "The package has more than " + limits.entries() + " entries");
                }
                write(entry, stream, writer, progress);
                pause(stream, writer, progress);
            }
            checkManifests(writer);
            writer.finish();
            return new Unpacked(entries, writer.bytes());
        } catch (IOException e) {
            throw StoreFailure.of("Reading", packageFile, e);
        } finally {
            writer.close();
        }
    }

    private void write(TarArchiveEntry entry, PackageStream stream, TreeWriter writer, UnpackProgress progress) {
        EntryPath path = EntryPath.parse(entry.getName(), limits);
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_DIR -> writer.folder(path);
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                if (entry.isDirectory()) {
                    writer.folder(path);
                } else {
                    content(entry, path, stream, writer, progress);
                }
            }
            case TarConstants.LF_SYMLINK -> {
                path.checkLinkTarget(entry.getLinkName());
                writer.link(path, entry.getLinkName());
            }
            case TarConstants.LF_LINK -> throw EntryPath.refused(entry.getName(), "is a hard link");
            case TarConstants.LF_CHR, TarConstants.LF_BLK ->
                throw EntryPath.refused(entry.getName(), "is a device node");
            case TarConstants.LF_FIFO -> throw EntryPath.refused(entry.getName(), "is a named pipe");
            default ->
                throw EntryPath.refused(
                        entry.getName(), "has the unsupported type " + Byte.toUnsignedInt(entry.getLinkFlag()));
        }
    }

    private void content(
            TarArchiveEntry entry, EntryPath path, PackageStream stream, TreeWriter writer, UnpackProgress progress) {
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, entry.getSize()))];
        writer.openFile(path, entry.getMode());
        long told = writer.bytes();
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            writer.append(buffer, count);
            if (writer.bytes() > limits.bytes()) {
                throw EntryPath.refused(
                        entry.getName(), "makes the package unpack to more than " + limits.bytes() + " bytes");
            }
            if (writer.bytes() - told >= PROGRESS_STEP) {
                told = writer.bytes();
                pause(stream, writer, progress);
            }
        }
        writer.closeFile();
    }

    private static void pause(PackageStream stream, TreeWriter writer, UnpackProgress progress) {
        if (Thread.currentThread().isInterrupted()) {
            throw StoreFailure.interrupted(null);
        }
        progress.advanced(stream.packedBytes(), writer.bytes());
    }

    /** Exactly one manifest, at the root: a second one would make it a matter of taste which module this is. */
    private static void checkManifests(TreeWriter writer) {
        String manifest = ManifestReader.DATA_FILE;
        boolean atRoot = writer.hasFile(manifest);
        for (String top : writer.topFolders()) {
            if (writer.hasFile(top + "/" + manifest)) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        atRoot
                                ? "The package has two manifests, " + manifest + " and " + EntryPath.shown(top) + "/"
                                        + manifest
                                : "The package is wrapped in the folder '" + EntryPath.shown(top)
                                        + "'; .module/ must be at the root of the archive");
            }
        }
        if (!atRoot) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE, "The package has no " + manifest + ", so it is no module");
        }
    }
}
