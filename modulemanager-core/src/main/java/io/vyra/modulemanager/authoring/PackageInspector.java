package io.vyra.modulemanager.authoring;

import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.module.ManifestReading;
import io.vyra.modulemanager.module.ProcessFiles;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.store.DiskSync;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.store.UnpackLimits;
import io.vyra.modulemanager.store.UnpackProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks at a package exactly as an installation would: unpacks it with the same limits and reads its manifest the same way. */
final class PackageInspector {
    private final PackageUnpacker unpacker = new PackageUnpacker(UnpackLimits.DEFAULT, DiskSync.none());
    private final ManifestReader manifests = new ManifestReader();

    /** @throws ProblemException when an installation would refuse it */
    BuiltPackage inspect(Path packageFile) throws IOException {
        Path scratch = Files.createTempDirectory("package-");
        try {
            unpacker.unpack(packageFile, scratch.resolve("tree"), UnpackProgress.NONE);
            ManifestReading reading = manifests.read(scratch.resolve("tree"));
            List<Problem.FieldError> errors = reading.manifest()
                    .process()
                    .map(process -> ProcessFiles.check(process, scratch.resolve("tree")))
                    .orElse(List.of());
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_MANIFEST, errors.getFirst().detail(), errors);
            }
            List<String> warnings = new ArrayList<>(reading.warnings());
            if (reading.manifest().process().isEmpty()) {
                warnings.add(
                        "there is no .module/module_runtime.yaml, so nothing says how to run it, and no manager takes it");
            }
            return new BuiltPackage(
                    packageFile, reading.manifest(), sha256(packageFile), Files.size(packageFile), warnings);
        } finally {
            delete(scratch);
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException cause) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
