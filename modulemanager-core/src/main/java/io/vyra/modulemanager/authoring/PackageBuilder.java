package io.vyra.modulemanager.authoring;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Builds a package out of a module's folder. The same content gives the same bytes, whoever builds it and when: names are sorted,
 * times, owners and modes are fixed.
 */
public final class PackageBuilder {
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "__pycache__");
    private static final int REGULAR = 0644;
    private static final int EXECUTABLE = 0755;

    private final PackageInspector inspector = new PackageInspector();
    private final ManifestReader manifests = new ManifestReader();

    /**
     * @param module the module's root folder, with {@code .module/} in it
     * @param out    folder for the package, made when missing; the file is named {@code {name}_{version}.tar.gz}
     * @throws ProblemException when the manifest is wrong or an installation would refuse the package; then no file is left behind
     */
    public BuiltPackage build(Path module, Path out) throws IOException {
        if (!Files.isDirectory(module)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no folder " + module + " to pack");
        }
        Manifest manifest = manifests.read(module).manifest();
        Files.createDirectories(out);
        Path file = out.resolve(manifest.name() + "_" + manifest.version() + ".tar.gz");
        Path partial = out.resolve("." + file.getFileName() + ".partial");
        try {
            write(module, partial, file);
            BuiltPackage built = inspector.inspect(partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new BuiltPackage(file, built.manifest(), built.checksum(), built.size(), built.warnings());
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void write(Path module, Path partial, Path file) throws IOException {
        Set<Path> products = Set.of(absolute(partial), absolute(file));
        GzipParameters parameters = new GzipParameters();
        parameters.setModificationInstant(Instant.EPOCH);
        parameters.setOS(GzipParameters.OS.UNKNOWN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial));
                GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, Path> entry : content(module, products).entrySet()) {
                write(entry.getKey(), entry.getValue(), tar);
            }
            tar.finish();
        }
    }

    private static void write(String name, Path path, TarArchiveOutputStream tar) throws IOException {
        if (Files.isSymbolicLink(path)) {
            TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            link.setLinkName(Files.readSymbolicLink(path).toString());
            put(link, EXECUTABLE, tar);
        } else if (Files.isDirectory(path)) {
            put(new TarArchiveEntry(name + "/"), EXECUTABLE, tar);
        } else if (Files.isRegularFile(path)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(path));
            put(entry, Files.isExecutable(path) ? EXECUTABLE : REGULAR, tar);
            Files.copy(path, tar);
        } else {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    name + " is neither a file nor a folder nor a link; a package cannot hold it");
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveEntry entry, int mode, TarArchiveOutputStream tar) throws IOException {
        entry.setMode(mode);
        entry.setModTime(0L);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
    }

    /** Everything to pack by its name in the archive, sorted; folders come before what they hold. */
    private static Map<String, Path> content(Path module, Set<Path> products) throws IOException {
        Map<String, Path> content = new TreeMap<>();
        Files.walkFileTree(module, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(module)) {
                    return FileVisitResult.CONTINUE;
                }
                if (LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                content.put(module.relativize(folder).toString(), folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // A .git file is what a work tree or a submodule has instead of the folder.
                boolean isLeftOut = file.getFileName().toString().equals(".git") || products.contains(absolute(file));
                if (!isLeftOut) {
                    content.put(module.relativize(file).toString(), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return content;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
