package io.vyra.modulemanager.container.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * An image archive of a package: what {@code docker save} makes, plain or gzipped, or a delta archive, which lacks the layers of its base
 * image. Its bytes are hostile: nothing of it reaches an engine before all of it was read and found in order. Thread-safe.
 *
 * <p>Format: Docker image specification 1.2, "combined image JSON + filesystem changeset format", with a {@code manifest.json}.
 */
public final class ImageArchive {
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_LAYERS = 500;
    private static final int MOST_JSON = 4 << 20;
    private static final int LINKS_IN_A_ROW = 8;
    private static final int BUFFER = 64 << 10;
    private static final Pattern DIFF_ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern DIGEST_IN_NAME = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String label;
    private final long mostBytes;

    /**
     * @param label     how it is called in messages
     * @param mostBytes unpacked; more is refused
     */
    public ImageArchive(Path file, String label, long mostBytes) {
        this.file = file;
        this.label = label;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads all of it.
     *
     * @param sha256 what the file must have; empty when nobody says
     * @throws ProblemException {@code INVALID_PACKAGE} with the exact reason, {@code CHECKSUM_MISMATCH}
     */
    ArchiveContents read(Optional<String> sha256) {
        MessageDigest digest = sha256();
        Map<String, byte[]> documents = new HashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        try (InputStream raw =
                new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), digest)) {
            ImageTar tar = ImageTar.open(raw);
            long total = 0;
            int entries = 0;
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                entries++;
                String name = name(entry.getName());
                total += entry.getSize();
                if (entries > MOST_ENTRIES) {
                    throw refused("has more than " + MOST_ENTRIES + " entries");
                }
                if (total > mostBytes || total < 0) {
                    throw refused("unpacks to more than " + mostBytes + " bytes");
                }
                if (entry.isSymbolicLink()) {
                    links.put(name, resolve(parent(name), entry.getLinkName()));
                } else if (entry.isLink()) {
                    links.put(name, name(entry.getLinkName()));
                } else if (entry.isFile() && !entry.isSparse()) {
                    sizes.put(name, entry.getSize());
                    if (entry.getSize() <= MOST_JSON) {
                        documents.put(name, keep(tar, name));
                    }
                } else if (!entry.isDirectory()) {
                    throw refused("has the entry '" + shown(name) + "', which is no file, folder or link");
                }
            }
            // What follows the last entry counts for the digest, too.
            raw.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (ProblemException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw refused("is missing: the version's folder has no such file");
        } catch (IOException | RuntimeException e) {
            // What the archive library throws at damaged input is of every kind.
            throw refused("is damaged: " + shown(String.valueOf(e.getMessage())));
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (sha256.isPresent() && !sha256.get().equals(actual)) {
            throw new ProblemException(
                    ProblemType.CHECKSUM_MISMATCH,
                    label + " has the SHA-256 " + actual + ", but " + sha256.get()
                            + " is promised (.module/module_runtime.yaml /image/sha256).");
        }
        return contents(documents, sizes, links);
    }

    /** Only small files that might be one of the documents; layers are mostly larger and their content is of no interest here. */
    private static byte[] keep(ImageTar tar, String name) throws IOException {
        boolean isDocument = name.endsWith(".json") || name.startsWith("blobs/");
        return isDocument ? tar.readAllBytes() : new byte[0];
    }

    private ArchiveContents contents(
            Map<String, byte[]> documents, Map<String, Long> sizes, Map<String, String> links) {
        JsonNode manifest = document(documents, "manifest.json");
        if (!manifest.isArray() || manifest.size() != 1) {
            throw refused("must hold exactly one image, but its manifest.json lists " + manifest.size());
        }
        String configName = name(manifest.get(0).path("Config").asText());
        byte[] config = documents.get(target(configName, links));
        if (config == null) {
            throw refused("has no configuration '" + shown(configName) + "', which its manifest.json names");
        }
        String configId = HexFormat.of().formatHex(sha256().digest(config));
        var promised = DIGEST_IN_NAME.matcher(configName);
        if (promised.matches() && !promised.group(1).equals(configId)) {
            throw refused("has a configuration that is not what its name says: its SHA-256 is " + configId);
        }
        List<String> diffIds = new ArrayList<>();
        parse(configName, config).path("rootfs").path("diff_ids").forEach(id -> diffIds.add(id.asText()));
        if (diffIds.isEmpty()
                || diffIds.size() > MOST_LAYERS
                || !diffIds.stream().allMatch(id -> DIFF_ID.matcher(id).matches())) {
            throw refused("has a configuration without layers (rootfs.diff_ids), or with more than " + MOST_LAYERS);
        }
        JsonNode layers = manifest.get(0).path("Layers");
        if (layers.size() != diffIds.size()) {
            throw refused("lists " + layers.size() + " layers in manifest.json but " + diffIds.size()
                    + " in its configuration");
        }
        Optional<BaseInfo> base = documents.containsKey("base_info.json")
                ? Optional.of(base(documents, diffIds.size()))
                : Optional.empty();
        int fromBase = base.map(BaseInfo::layerCount).orElse(0);
        List<Optional<String>> files = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            String layer = name(layers.get(i).asText());
            Optional<String> found = Optional.of(target(layer, links)).filter(sizes::containsKey);
            if (i < fromBase) {
                files.add(Optional.empty());
            } else if (found.isEmpty()) {
                throw refused("lacks layer " + (i + 1) + " of " + diffIds.size() + " ('" + shown(layer) + "')"
                        + (base.isPresent()
                                ? ", and only the lowest " + fromBase + " are its base image's"
                                : ", and has no base_info.json that would make it a delta archive"));
            } else {
                files.add(found);
            }
        }
        return new ArchiveContents(config, configId, diffIds, files, sizes, base);
    }

    private BaseInfo base(Map<String, byte[]> documents, int layers) {
        JsonNode info = document(documents, "base_info.json");
        String image = info.path("base_image").asText("");
        JsonNode count = info.path("base_layer_count");
        if (!image.matches("[a-z0-9][A-Za-z0-9._/:@-]{0,511}")) {
            throw refused("names no usable base_image in base_info.json: '" + shown(image) + "'");
        }
        if (!count.isInt() || count.intValue() < 1 || count.intValue() > layers) {
            throw refused("says in base_info.json that " + count + " of its " + layers
                    + " layers are its base image's (base_layer_count)");
        }
        String version = info.path("base_version").asText("");
        if (!version.matches("[A-Za-z0-9_.+-]{0,128}")) {
            throw refused("names no usable base_version in base_info.json: '" + shown(version) + "'");
        }
        return new BaseInfo(image, version, count.intValue());
    }

    private JsonNode document(Map<String, byte[]> documents, String name) {
        byte[] bytes = documents.get(name);
        if (bytes == null) {
            throw refused("has no " + name + ": it is no image archive as 'docker save' makes it");
        }
        return parse(name, bytes);
    }

    private JsonNode parse(String name, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw refused("has a damaged " + shown(name) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw refused("has a damaged " + shown(name) + ": " + e.getMessage());
        }
    }

    private String target(String name, Map<String, String> links) {
        String at = name;
        for (int i = 0; links.containsKey(at); i++) {
            if (i == LINKS_IN_A_ROW) {
                throw refused("has links in a circle at '" + shown(name) + "'");
            }
            at = links.get(at);
        }
        return at;
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private String resolve(String folder, String link) {
        return name(folder.isEmpty() || link.startsWith("/") ? link : folder + "/" + link);
    }

    /** Without {@code .} and {@code ..}; what would lead out of the archive is refused. */
    private String name(String text) {
        List<String> segments = new ArrayList<>();
        if (text.startsWith("/") || text.length() > 4_096) {
            throw refused("has an entry with the absolute or endless name '" + shown(text) + "'");
        }
        for (String segment : text.split("/")) {
            switch (segment) {
                case "", "." -> {
                    // Says nothing.
                }
                case ".." -> {
                    if (segments.isEmpty()) {
                        throw refused("has the entry '" + shown(text) + "', which leads out of it");
                    }
                    segments.removeLast();
                }
                default -> segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    /** Hands over the content of each layer file that is needed, in the order of the archive. */
    void forEachLayer(ArchiveContents contents, LayerSink sink) throws IOException {
        List<String> wanted = contents.layerFiles().stream()
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        try (ImageTar tar = ImageTar.open(Files.newInputStream(file))) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                String name = name(entry.getName());
                if (entry.isFile() && wanted.contains(name)) {
                    sink.take(name, entry.getSize(), tar);
                }
            }
        }
    }

    /** Takes a layer's content, all of it. */
    @FunctionalInterface
    interface LayerSink {
        void take(String name, long size, InputStream content) throws IOException;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 200 ? printable.substring(0, 200) + "…" : printable;
    }

    private ProblemException refused(String why) {
        return new ProblemException(ProblemType.INVALID_PACKAGE, label + " " + why + ".");
    }
}
