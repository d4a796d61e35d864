package io.vyra.modulemanager.authoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a folder of packages a repository in VYRA's format: {@code index.json} at the root, and for each package in
 * {@code modules/{name}/{version}/{name}_{version}.tar.gz} a {@code metadata.json} beside it, with the {@linkplain ImagesBeside
 * images} that lie there.
 *
 * <p>Each package is checked as an installation would check it. Files are replaced by renames, so that a manager that reads the
 * repository meanwhile sees the old index or the new one. Not for two processes on one folder.
 */
public final class RepositoryIndexer {
    private static final String SUFFIX = ".tar.gz";

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final PackageInspector inspector = new PackageInspector();
    private final Clock clock;

    public RepositoryIndexer(Clock clock) {
        this.clock = clock;
    }

    /**
     * Copies a package to its place; the index is not written.
     *
     * @return the package in the repository
     * @throws ProblemException when the package is wrong, or the repository has this version with other content
     */
    public BuiltPackage add(Path repository, Path packageFile) throws IOException {
        if (!Files.isRegularFile(packageFile)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no package file " + packageFile);
        }
        BuiltPackage found = inspect(packageFile);
        Path place = repository.resolve(filename(found.manifest()));
        publish(place, packageFile);
        return new BuiltPackage(place, found.manifest(), found.checksum(), found.size(), found.warnings());
    }

    /**
     * Copies a file to its place, where it appears only when it is whole.
     *
     * @throws ProblemException when the place has other content: what was published never changes
     */
    static void publish(Path place, Path file) throws IOException {
        if (Files.exists(place) && Files.mismatch(place, file) >= 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    place + " exists with other content; give the package a new version, or delete the old one");
        }
        Files.createDirectories(place.getParent());
        Path partial = place.resolveSibling("." + place.getFileName() + ".partial");
        Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes {@code index.json} and every {@code metadata.json}. Name, description and {@code base_url} of an index that is there are
     * kept.
     *
     * @return the packages indexed, ordered by name and version
     * @throws ProblemException naming the first package that is wrong; then the index is unchanged
     */
    public List<BuiltPackage> index(Path repository) throws IOException {
        if (!Files.isDirectory(repository)) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "There is no folder " + repository + " to index; ./mm repo add makes one");
        }
        requireNoneOutsideModules(repository);
        List<BuiltPackage> packages = new ArrayList<>();
        for (Path file : packageFiles(repository)) {
            packages.add(checkPlace(repository, inspect(file)));
        }
        packages.sort(
                Comparator.comparing((BuiltPackage found) -> found.manifest().name())
                        .thenComparing(found -> found.manifest().version()));
        ObjectNode index = header(repository);
        ArrayNode modules = index.putArray("modules");
        for (BuiltPackage found : packages) {
            ObjectNode entry = entry(found);
            ImagesBeside.describe(repository, found, entry.putObject("images"));
            modules.add(entry);
            writeMetadata(found, entry.deepCopy());
        }
        index.putArray("plugins");
        index.putArray("images");
        write(repository.resolve("index.json"), index);
        return List.copyOf(packages);
    }

    private BuiltPackage inspect(Path file) throws IOException {
        try {
            return inspector.inspect(file);
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.type(), file + ": " + e.problem().detail(), e.problem().errors());
        }
    }

    /** An author who puts packages beside the index would otherwise wonder why it is empty. */
    private static void requireNoneOutsideModules(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository)) {
            Optional<Path> astray = files.filter(
                            file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .findFirst();
            if (astray.isPresent()) {
                throw new ProblemException(
                        ProblemType.INVALID_PACKAGE,
                        astray.get() + " lies beside the index, packages belong to " + repository.resolve("modules")
                                + "; put it there with: ./mm repo add " + repository + " " + astray.get()
                                + ", and delete it here");
            }
        }
    }

    private static List<Path> packageFiles(Path repository) throws IOException {
        Path modules = repository.resolve("modules");
        if (!Files.isDirectory(modules)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(modules, 3)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !ImagesBeside.isImage(file))
                    .sorted()
                    .toList();
        }
    }

    private static BuiltPackage checkPlace(Path repository, BuiltPackage found) {
        Path expected = repository.resolve(filename(found.manifest()));
        if (!expected.equals(found.file())) {
            throw new ProblemException(
                    ProblemType.INVALID_PACKAGE,
                    found.file() + " holds " + found.manifest().name() + " "
                            + found.manifest().version() + " and belongs to " + expected
                            + "; add it with: ./mm repo add");
        }
        return found;
    }

    private static String filename(Manifest manifest) {
        String stem = manifest.name() + "_" + manifest.version();
        return "modules/" + manifest.name() + "/" + manifest.version() + "/" + stem + SUFFIX;
    }

    private ObjectNode header(Path repository) throws IOException {
        JsonNode old = existing(repository.resolve("index.json"));
        Path folder = repository.toAbsolutePath().normalize().getFileName();
        ObjectNode index = json.createObjectNode();
        index.put("name", old.path("name").asText(folder == null ? "repository" : folder.toString()));
        index.put("description", old.path("description").asText(""));
        index.put("version", old.path("version").asText("1.0.0"));
        index.put("type", old.path("type").asText("file-based"));
        index.put("base_url", old.path("base_url").asText(""));
        index.put("last_updated", now());
        return index;
    }

    private ObjectNode entry(BuiltPackage found) {
        Manifest manifest = found.manifest();
        ObjectNode entry = json.createObjectNode();
        entry.put("name", manifest.name());
        entry.put("version", manifest.version().getVersion());
        entry.put("hash", manifest.instanceId().orElse(""));
        entry.put("description", manifest.about().description());
        entry.put("author", manifest.about().author());
        ArrayNode template = entry.putArray("template");
        manifest.about().blueprints().forEach(template::add);
        entry.put("icon", manifest.about().icon().orElse(""));
        ArrayNode dependencies = entry.putArray("dependencies");
        for (Manifest.Dependency dependency : manifest.dependencies()) {
            dependencies
                    .addObject()
                    .put("type", "module")
                    .put("name", dependency.name())
                    .put("version", dependency.range().toString())
                    .put("optional", dependency.optional());
        }
        entry.putObject("flags");
        entry.put("filename", filename(manifest));
        entry.put("size", found.size());
        entry.put("checksum", found.checksum());
        return entry;
    }

    private void writeMetadata(BuiltPackage found, ObjectNode metadata) throws IOException {
        Path file = found.file().resolveSibling("metadata.json");
        JsonNode old = existing(file);
        boolean isUnchanged = old.path("checksum").asText("").equals(found.checksum());
        metadata.put("synced_at", isUnchanged ? old.path("synced_at").asText(now()) : now());
        write(file, metadata);
    }

    private JsonNode existing(Path file) throws IOException {
        if (!Files.exists(file)) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ProblemType.INVALID_INDEX,
                    file + " is there and is no JSON: " + e.getOriginalMessage() + "; repair or delete it",
                    e);
        }
    }

    private void write(Path file, JsonNode content) throws IOException {
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        Files.writeString(partial, json.writeValueAsString(content) + "\n");
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
