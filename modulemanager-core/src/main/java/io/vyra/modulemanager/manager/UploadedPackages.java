package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.store.DiskSync;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.store.UnpackProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks into an uploaded package file, so that it can be planned like one of a repository. Thread-safe. */
final class UploadedPackages {
    private static final Logger LOG = Logger.getLogger(UploadedPackages.class);

    private final ModuleStore store;
    private final PackageUnpacker unpacker;
    private final ManifestReader manifests;
    private final DiskSync disk;

    /** @param unpacker only to look at what is in a package */
    UploadedPackages(ModuleStore store, PackageUnpacker unpacker, ManifestReader manifests, DiskSync disk) {
        this.store = store;
        this.unpacker = unpacker;
        this.manifests = manifests;
        this.disk = disk;
    }

    /**
     * Reads what the package is, and makes the file durable: the operation that is about to be journaled needs it after a power loss.
     *
     * @throws ProblemException {@code INVALID_PACKAGE} or {@code INVALID_MANIFEST}
     */
    CatalogEntry entryOf(Path packageFile) {
        String folder = "upload-" + UUID.randomUUID();
        try {
            Path tree = store.stagingFolder(folder).resolve("tree");
            unpacker.unpack(packageFile, tree, UnpackProgress.NONE);
            Manifest manifest = manifests.read(tree).manifest();
            disk.file(packageFile);
            disk.folder(packageFile.toAbsolutePath().getParent());
            return new CatalogEntry(
                    "",
                    manifest.name(),
                    manifest.version(),
                    manifest.instanceId(),
                    manifest.about().description(),
                    manifest.about().author(),
                    manifest.about().blueprints(),
                    manifest.about().icon(),
                    manifest.dependencies(),
                    packageFile.toUri(),
                    OptionalLong.of(Files.size(packageFile)),
                    Optional.empty());
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    "The uploaded package " + packageFile + " cannot be read: " + e.getMessage() + ". Upload it again.",
                    e);
        } finally {
            store.discardStaging(folder);
        }
    }

    /** How the journal names the file. */
    String journaled(Path packageFile) {
        return store.journaled(packageFile);
    }

    /** Deletes an uploaded file that is not used after all. */
    void discard(Path packageFile) {
        try {
            Files.deleteIfExists(packageFile);
        } catch (IOException e) {
            LOG.warnf("Upload not deleted file=%s cause=%s", packageFile, e.getMessage());
        }
    }
}
