package io.vyra.modulemanager.full;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker/build/rebuild} exchanges in an archive, against one of the new tree; {@link ReproducibleImageIT} has Jib write both. */
class JibArchiveTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TIMES = "21 mtime=1767225600\n";
    private static final String PAGE = "20-ui/opt/vyra/ui/";
    private static final String JAR = "40-modulemanager-core/opt/vyra/lib/main/core.jar";

    @TempDir
    private static Path tool;

    @TempDir
    private Path folder;

    /** By their paths in the staged tree. */
    private final Map<String, String> files = new TreeMap<>();

    private Path before;
    private String id;

    @BeforeAll
    static void compileTool() throws IOException {
        List<String> words = new ArrayList<>(List.of("-d", tool.toString()));
        try (Stream<Path> sources = Files.list(CHECKOUT.resolve("docker/build/rebuild"))) {
            sources.forEach(source -> words.add(source.toString()));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();
    }

    @BeforeEach
    void makeArchive() throws Exception {
        files.put("10-libraries/opt/vyra/lib/main/library.jar", "library");
        files.put(PAGE + "index.html", "page");
        files.put(PAGE + "assets/main-1.js", "script");
        files.put(PAGE + "old/icon.svg", "picture");
        files.put("30-runner/opt/vyra/quarkus-run.jar", "runner");
        files.put(JAR, "core");
        before = stage("before");
        id = archive("before.tar", before, TIMES);
    }

    @Test
    void shouldGiveTheArchiveOfAnotherPageAndOtherJars() throws Exception {
        files.put(PAGE + "index.html", "another page");
        files.remove(PAGE + "assets/main-1.js");
        files.put(PAGE + "assets/main-2.js", "a".repeat(2000));
        files.remove(PAGE + "old/icon.svg");
        files.put(PAGE + "assets-new/icon.svg", "");
        files.put(JAR, "another core");
        Path now = stage("now");

        Command exchange = exchange(now);

        assertThat(exchange.successful()).isEqualTo(archive("now.tar", now, TIMES));
        assertThat(folder.resolve("target.tar")).hasSameBinaryContentAs(folder.resolve("now.tar"));
    }

    @Test
    void shouldLeaveAnotherLayerToJib() throws Exception {
        files.put(PAGE + "index.html", "another page");
        files.put("30-runner/opt/vyra/quarkus-run.jar", "another runner");

        assertThat(refused()).contains("30-runner/opt/vyra/quarkus-run.jar changed");
    }

    @Test
    void shouldLeaveAJarMoreOrLessToJib() throws Exception {
        files.remove(JAR);

        assertThat(refused()).contains(JAR + " changed");
    }

    @Test
    void shouldLeaveANameThatDoesNotFitToJib() throws Exception {
        files.put(PAGE + "assets/" + "long".repeat(20) + ".js", "script");

        assertThat(refused()).contains("longlong", "is a longer name");
    }

    @Test
    void shouldLeaveALayerThatJibWouldWriteDifferentlyToJib() throws Exception {
        id = archive("before.tar", before, "21 ctime=1767225600\n", "x" + TIMES);
        files.put(PAGE + "index.html", "another page");

        assertThat(refused()).contains("the page's layer is not as Jib writes it");
    }

    private String refused() throws Exception {
        Command exchange = exchange(stage("now"));

        assertThat(exchange.code()).as(exchange.output()).isEqualTo(3);
        assertThat(folder.resolve("target.tar")).doesNotExist();
        return exchange.output();
    }

    private Command exchange(Path now) throws Exception {
        return Command.run(
                folder,
                Map.of(),
                LIMIT,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        tool.toString(),
                        "rebuild.JibArchive",
                        folder.resolve("before.tar").toString(),
                        id,
                        now.toString(),
                        before.resolve("digests").toString(),
                        "a revision",
                        "a revision",
                        folder.resolve("target.tar").toString()));
    }

    /** The tree as launcher/stage.sh leaves it. */
    private Path stage(String name) throws Exception {
        Path stage = folder.resolve(name);
        StringBuilder digests = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = stage.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            digests.append(sha256(file.getValue().getBytes(UTF_8)))
                    .append("  ./")
                    .append(file.getKey())
                    .append('\n');
        }
        Files.writeString(stage.resolve("digests"), digests);
        return stage;
    }

    /** Writes the archive that Jib would, and returns the image's id; the entries of a layer have these times in turn. */
    private String archive(String name, Path stage, String... times) throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        List<String> digests = new ArrayList<>();
        try (Stream<Path> layers = Files.list(stage)) {
            for (Path layer : layers.filter(Files::isDirectory).sorted().toList()) {
                byte[] tar = layer(layer, times);
                byte[] packed = packed(tar);
                digests.add("\"sha256:" + sha256(tar) + '"');
                entries.put(sha256(packed) + ".tar.gz", packed);
            }
        }
        String layers = "[\"" + String.join("\",\"", entries.keySet()) + "\"]";
        byte[] configuration = ("{\"rootfs\":{\"diff_ids\":" + digests + "}}").getBytes(UTF_8);
        entries.put("config.json", configuration);
        entries.put("manifest.json", ("[{\"Layers\":" + layers + "}]").getBytes(UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entries.forEach((entry, content) -> write(out, entry, '0', content));
        out.writeBytes(new byte[1024]);
        Files.write(folder.resolve(name), out.toByteArray());
        return "sha256:" + sha256(configuration);
    }

    private static byte[] layer(Path folder, String... times) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(each -> !each.equals(folder)).toList()) {
                String name = folder.relativize(path).toString();
                boolean isFolder = Files.isDirectory(path);
                entries.put(isFolder ? name + "/" : name, isFolder ? new byte[0] : Files.readAllBytes(path));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey();
            String time = times[count++ % times.length];
            write(out, "./PaxHeaders.X/" + name.replace('/', '_'), 'x', time.getBytes(UTF_8));
            write(out, name, name.endsWith("/") ? '5' : '0', entry.getValue());
        }
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    /** POSIX.1-1988 ustar, with the fields filled as Apache Commons Compress, and so Jib, does. */
    private static void write(ByteArrayOutputStream out, String name, char type, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, type == '5' ? "0040755 0000000 0000000 " : "0100644 0000000 0000000 ");
        put(header, 124, "%011o ".formatted(content.length) + "15125334400 ");
        put(header, 148, "        ");
        put(header, 156, type + "");
        put(header, 257, "ustar\0" + "00");
        put(header, 329, "0000000 0000000 ");
        int sum = 0;
        for (byte each : header) {
            sum += Byte.toUnsignedInt(each);
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, 100));
    }

    private static byte[] packed(byte[] tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(tar);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
