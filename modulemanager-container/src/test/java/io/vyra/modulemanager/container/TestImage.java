package io.vyra.modulemanager.container;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An image, layer by layer, and the archives that can be made of it. */
public final class TestImage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<byte[]> layers = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<String> volumes = new TreeSet<>();
    private String healthCheck = "";

    /** Another one on the same layers. */
    public TestImage copy() {
        TestImage copy = new TestImage();
        copy.layers.addAll(layers);
        copy.labels.putAll(labels);
        copy.volumes.addAll(volumes);
        return copy;
    }

    /** A layer that holds one file. */
    public TestImage file(String name, String content) {
        layers.add(tar(Map.of(name, content.getBytes(StandardCharsets.UTF_8)), Set.of()));
        return this;
    }

    public TestImage label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** A folder for which every container gets a volume. */
    public TestImage volume(String folder) {
        volumes.add(folder);
        return this;
    }

    /** A line of shell with which the image says whether it works. */
    public TestImage healthCheck(String line) {
        healthCheck = line;
        return this;
    }

    /** A layer with this machine's shell and a few programs, and the libraries that they need: enough for a line of shell. */
    public TestImage shell() {
        return programs("sh", "sleep", "touch", "test", "cat", "tail", "head");
    }

    /** A layer with programs of this machine's {@code /bin}, and the libraries that they need. */
    public TestImage programs(String... names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Set<String> libraries = new TreeSet<>();
        for (String program : names) {
            Path file = Path.of("/bin", program);
            files.put("bin/" + program, read(file));
            libraries.addAll(librariesOf(file));
        }
        libraries.forEach(library -> files.put(library.substring(1), read(Path.of(library))));
        layers.add(tar(files, Set.of("tmp", "storage", "dev", "proc", "sys", "etc")));
        return this;
    }

    private static Set<String> librariesOf(Path program) {
        try {
            Process ldd = new ProcessBuilder("ldd", program.toString())
                    .redirectErrorStream(true)
                    .start();
            String lines = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Set<String> found = new TreeSet<>();
            lines.lines().forEach(line -> {
                for (String word : line.strip().split("\\s+")) {
                    if (word.startsWith("/")) {
                        found.add(word);
                    }
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] tar(Map<String, byte[]> files, Set<String> folders) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (String folder : folders) {
                TarArchiveEntry entry = new TarArchiveEntry(folder + "/");
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(tar, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setMode(0755);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** The layers as a registry keeps them, lowest first. */
    public List<byte[]> packedLayers() {
        return layers.stream().map(TestImage::gzip).toList();
    }

    public List<String> diffIds() {
        return layers.stream().map(layer -> "sha256:" + sha256(layer)).toList();
    }

    /** The image's configuration, after whose SHA-256 engines name it. */
    public byte[] config() {
        ObjectNode config = JSON.createObjectNode()
                .put("architecture", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64")
                .put("os", "linux");
        ObjectNode run = config.putObject("config");
        run.putArray("Env").add("PATH=/bin");
        run.putArray("Cmd").add("/bin/sh");
        if (!healthCheck.isEmpty()) {
            run.putObject("Healthcheck").putArray("Test").add("CMD-SHELL").add(healthCheck);
        }
        if (!volumes.isEmpty()) {
            ObjectNode wanted = run.putObject("Volumes");
            volumes.forEach(wanted::putObject);
        }
        ObjectNode told = run.putObject("Labels");
        labels.forEach(told::put);
        ObjectNode root = config.putObject("rootfs").put("type", "layers");
        ArrayNode ids = root.putArray("diff_ids");
        diffIds().forEach(ids::add);
        ArrayNode history = config.putArray("history");
        layers.forEach(layer -> history.addObject().put("created", "2026-01-01T00:00:00Z"));
        return bytes(config);
    }

    public String id() {
        return "sha256:" + sha256(config());
    }

    /** What {@code docker save} makes of it. */
    public byte[] full(String name) {
        return archive(name, 0, Map.of());
    }

    /** What VYRA's tools make of it: without the lowest layers. */
    public byte[] delta(String baseImage, String baseVersion, int baseLayers) {
        ObjectNode info = JSON.createObjectNode()
                .put("base_image", baseImage)
                .put("base_version", baseVersion)
                .put("base_layer_count", baseLayers)
                .put("module_image", "module:1.0.0");
        return archive("module:1.0.0", baseLayers, Map.of("base_info.json", bytes(info)));
    }

    private byte[] archive(String name, int without, Map<String, byte[]> more) {
        Map<String, byte[]> files = new LinkedHashMap<>(more);
        String config = sha256(config()) + ".json";
        files.put(config, config());
        ObjectNode manifest = JSON.createObjectNode().put("Config", config);
        manifest.putArray("RepoTags").add(name);
        ArrayNode paths = manifest.putArray("Layers");
        for (int i = 0; i < layers.size(); i++) {
            String path = i + "-" + sha256(layers.get(i)).substring(0, 20) + "/layer.tar";
            paths.add(path);
            if (i >= without) {
                files.put(path, layers.get(i));
            }
        }
        files.put("manifest.json", bytes(JSON.createArrayNode().add(manifest)));
        return tar(files, Set.of());
    }

    /** An archive of any entries, whatever they are. */
    public static byte[] archiveOf(Map<String, byte[]> files) {
        return tar(files, Set.of());
    }

    /** An archive with one link in it. */
    public static byte[] linkArchive(String name, String target) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(com.fasterxml.jackson.databind.JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
