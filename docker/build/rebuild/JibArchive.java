package rebuild;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Exchanges the project's own jars and the page in an archive that Jib wrote:
 * {@code java rebuild.JibArchive ARCHIVE ID STAGE BEFORE OLD_REVISION NEW_REVISION TARGET}. ID is the image in the archive; STAGE is the
 * staged tree, with a list of its files and their sums in {@code digests}; BEFORE is that list of the tree that is in the archive. Prints the id of the image in TARGET, which is
 * the one that Jib would give it.
 *
 * <p>Ends with 3 when more changed than the page and the jars of own layers.
 */
final class JibArchive {
    private static final int WHOLE_BUILD_NEEDED = 3;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  \\./(.*)");
    private static final Pattern OWN_JAR = Pattern.compile("40-[^/]+/(opt/vyra/lib/[^/]+/[^/]+\\.jar)");
    private static final String PAGE = "20-ui";
    private static final String PAGE_FOLDER = "opt/vyra/ui/";
    private static final String CONFIGURATION = "config.json";
    private static final String MANIFEST = "manifest.json";

    private final byte[] archive;
    private final Map<String, Integer> headers = new LinkedHashMap<>();

    /** What entries get instead of what they have, and as what they are written, by their names. */
    private final Map<String, byte[]> contents = new TreeMap<>();

    private final Map<String, String> names = new TreeMap<>();
    private String configuration;
    private String manifest;

    private JibArchive(Path file) throws IOException {
        archive = Files.readAllBytes(file);
        for (int header = 0; !TarBlocks.name(archive, header).isEmpty(); header = TarBlocks.next(archive, header)) {
            headers.put(TarBlocks.name(archive, header), header);
        }
        configuration = text(CONFIGURATION);
        manifest = text(MANIFEST);
    }

    public static void main(String... arguments) throws IOException {
        if (arguments.length != 7) {
            System.err.println("usage: java rebuild.JibArchive ARCHIVE ID STAGE BEFORE OLD_REVISION NEW_REVISION TARGET");
            System.exit(2);
        }
        Path stage = Path.of(arguments[2]);
        try {
            JibArchive archive = new JibArchive(Path.of(arguments[0]));
            if (!archive.id().equals(arguments[1].strip())) {
                throw new WholeBuildNeeded(arguments[0] + " holds another image");
            }
            archive.exchange(stage, changed(Path.of(arguments[3]), stage.resolve("digests")));
            archive.label("org.opencontainers.image.revision", arguments[4], arguments[5]);
            archive.write(Path.of(arguments[6]));
            System.out.println(archive.id());
        } catch (WholeBuildNeeded e) {
            System.err.println("rebuild: The image has to be packed as a whole: " + e.getMessage() + ".");
            System.exit(WHOLE_BUILD_NEEDED);
        }
    }

    private String id() {
        return "sha256:" + Sources.digest(configuration.getBytes(StandardCharsets.UTF_8));
    }

    /** The paths of the files that only one of the trees has, or that both have with other content. */
    private static Set<String> changed(Path before, Path now) throws IOException {
        Map<String, String> old = digests(before);
        Map<String, String> current = digests(now);
        Set<String> changed = new TreeSet<>(old.keySet());
        changed.addAll(current.keySet());
        changed.removeIf(path -> Objects.equals(old.get(path), current.get(path)));
        return changed;
    }

    private static Map<String, String> digests(Path list) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String line : Files.readAllLines(list)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                digests.put(matcher.group(2), matcher.group(1));
            }
        }
        return digests;
    }

    private String text(String entry) {
        return new String(content(entry), StandardCharsets.UTF_8);
    }

    private byte[] content(String entry) {
        return TarBlocks.content(archive, headers.get(entry));
    }

    private void exchange(Path stage, Set<String> changed) throws IOException, WholeBuildNeeded {
        for (String path : changed) {
            Matcher own = OWN_JAR.matcher(path);
            if (own.matches() && Files.exists(stage.resolve(path))) {
                byte[] jar = Files.readAllBytes(stage.resolve(path));
                exchange(path, layer -> with(layer, own.group(1), jar));
            } else if (!path.startsWith(PAGE + "/")) {
                throw new WholeBuildNeeded(path + " changed");
            }
        }
        if (changed.stream().anyMatch(path -> path.startsWith(PAGE + "/"))) {
            Map<String, byte[]> page = tree(stage.resolve(PAGE));
            exchange(PAGE, layer -> has(layer, PAGE_FOLDER) ? Optional.of(JibLayer.of(layer).with(page)) : Optional.empty());
        }
    }

    /** What a layer becomes; empty when it is not the one to change. */
    private interface Exchange {
        Optional<byte[]> in(byte[] layer) throws WholeBuildNeeded;
    }

    /** The topmost layers are the project's own: the first from above that is the one. */
    private void exchange(String what, Exchange exchange) throws WholeBuildNeeded {
        for (String layer : headers.keySet().stream().toList().reversed()) {
            if (layer.endsWith(".tar.gz") && !names.containsKey(layer)) {
                byte[] tar = unpacked(content(layer));
                Optional<byte[]> exchanged = exchange.in(tar);
                if (exchanged.isPresent()) {
                    byte[] packed = packed(exchanged.get());
                    String name = Sources.digest(packed) + ".tar.gz";
                    contents.put(layer, packed);
                    names.put(layer, name);
                    configuration = replaced(configuration, Sources.digest(tar), Sources.digest(exchanged.get()));
                    manifest = replaced(manifest, layer, name);
                    return;
                }
            }
        }
        throw new WholeBuildNeeded(what + " is in none of its layers");
    }

    /** All below a folder, by their paths in it. */
    private static Map<String, byte[]> tree(Path folder) throws IOException {
        Map<String, byte[]> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(each -> !each.equals(folder)).toList()) {
                String name = folder.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    tree.put(name + "/", new byte[0]);
                } else {
                    tree.put(name, Files.readAllBytes(path));
                }
            }
        }
        return tree;
    }

    private static boolean has(byte[] tar, String name) {
        return headerOf(tar, name).isPresent();
    }

    private static OptionalInt headerOf(byte[] tar, String name) {
        for (int header = 0; !TarBlocks.name(tar, header).isEmpty(); header = TarBlocks.next(tar, header)) {
            if (TarBlocks.name(tar, header).equals(name)) {
                return OptionalInt.of(header);
            }
        }
        return OptionalInt.empty();
    }

    private static Optional<byte[]> with(byte[] tar, String path, byte[] content) {
        OptionalInt header = headerOf(tar, path);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(tar.length);
        out.write(tar, 0, header.getAsInt());
        out.writeBytes(TarBlocks.entry(tar, header.getAsInt(), path, content));
        int next = TarBlocks.next(tar, header.getAsInt());
        out.write(tar, next, tar.length - next);
        return Optional.of(out.toByteArray());
    }

    private void label(String name, String old, String value) throws WholeBuildNeeded {
        if (!old.equals(value)) {
            configuration = replaced(configuration, '"' + name + "\":\"" + old + '"', '"' + name + "\":\"" + value + '"');
        }
    }

    private static String replaced(String text, String old, String value) throws WholeBuildNeeded {
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new WholeBuildNeeded("the archive is not as Jib wrote it");
        }
        return text.substring(0, at) + value + text.substring(at + old.length());
    }

    private void write(Path target) throws IOException {
        contents.put(CONFIGURATION, configuration.getBytes(StandardCharsets.UTF_8));
        contents.put(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        try (var out = Files.newOutputStream(target)) {
            int end = 0;
            for (Map.Entry<String, Integer> entry : headers.entrySet()) {
                String name = entry.getKey();
                int header = entry.getValue();
                end = TarBlocks.next(archive, header);
                if (contents.containsKey(name)) {
                    out.write(TarBlocks.entry(archive, header, names.getOrDefault(name, name), contents.get(name)));
                } else {
                    out.write(archive, header, end - header);
                }
            }
            out.write(archive, end, archive.length - end);
        }
    }

    private static byte[] unpacked(byte[] layer) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(layer))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packed(byte[] layer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(layer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
