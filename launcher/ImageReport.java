import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reports the layers of an image from the archive that {@code docker save} or Jib writes:
 * {@code java ImageReport.java ARCHIVE NAME ID ENGINE MILLISECONDS LOG TARGET} writes TARGET.md and TARGET.json. Layers are named by
 * what is in them, because each engine describes them in words of its own. Compressed is gzip's default level, which registries and
 * engines use. The times of the steps come from BuildKit's plain log; other engines do not tell them.
 */
final class ImageReport {
    private static final Pattern LAYERS = Pattern.compile("\"Layers\":\\s*\\[([^]]*)]");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern STEP = Pattern.compile("#(\\d+) \\[(.+?)] (.*)");
    private static final Pattern DONE = Pattern.compile("#(\\d+) (?:DONE ([0-9.]+)s|(CACHED))");
    private static final Pattern OWN_JAR = Pattern.compile("/io\\.vyra\\.modulemanager\\.([a-z0-9-]+?)-\\d");
    private static final int BLOCK = 512;

    private ImageReport() {}

    record Layer(String name, long raw, long compressed, String digest) {
        boolean isBase() {
            return name.equals("system") || name.equals("Java runtime");
        }
    }

    record Step(String stage, String command, double seconds, boolean isCached) {}

    public static void main(String... arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Path archive = Path.of(arguments[0]);
        List<Layer> layers = new ArrayList<>();
        Path folder = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "layers");
        for (String member : members(archive, folder)) {
            layers.add(read(folder.resolve(member).toRealPath()));
        }
        List<Step> steps = steps(Path.of(arguments[5]));
        double seconds = Long.parseLong(arguments[4]) / 1000.0;
        Files.writeString(
                Path.of(arguments[6] + ".md"), markdown(arguments[1], arguments[2], arguments[3], seconds, layers, steps));
        Files.writeString(
                Path.of(arguments[6] + ".json"), json(arguments[1], arguments[2], arguments[3], seconds, layers, steps));
    }

    /** Unpacks the archive and tells its layers from the bottom up. */
    private static List<String> members(Path archive, Path folder) throws Exception {
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IllegalStateException("The image's archive " + archive + " could not be unpacked.");
        }
        Matcher layers = LAYERS.matcher(Files.readString(folder.resolve("manifest.json")));
        if (!layers.find()) {
            throw new IllegalStateException("There are no layers in the manifest of " + archive + ".");
        }
        return STRING.matcher(layers.group(1)).results().map(name -> name.group(1)).toList();
    }

    private static Layer read(Path file) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        Count count = new Count();
        long raw;
        try (InputStream in = opened(file);
                OutputStream out = new DigestOutputStream(new GZIPOutputStream(count, 1 << 16), sha256)) {
            raw = in.transferTo(out);
        }
        return new Layer(
                name(entries(file)), raw, count.bytes, "sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    /** A layer's archive. Engines write it as it is, Jib compressed (RFC 1952, section 2.3.1). */
    private static InputStream opened(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean isCompressed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return isCompressed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static String name(List<String> entries) {
        if (entries.isEmpty()) {
            return "empty";
        }
        if (entries.stream().anyMatch(entry -> entry.startsWith("opt/vyra/aot/"))) {
            return "AOT cache";
        }
        if (entries.contains("opt/vyra/quarkus-run.jar")) {
            return "runner";
        }
        if (entries.stream().anyMatch(entry -> entry.startsWith("opt/vyra/ui/"))) {
            return "web page";
        }
        // Before the jars, of which it has one.
        if (entries.stream().anyMatch(entry -> entry.startsWith("opt/java/"))) {
            return "Java runtime";
        }
        List<String> jars = entries.stream().filter(entry -> entry.endsWith(".jar")).toList();
        if (jars.size() == 1 && OWN_JAR.matcher(jars.getFirst()).find()) {
            return OWN_JAR.matcher(jars.getFirst()).results().findFirst().orElseThrow().group(1);
        }
        if (!jars.isEmpty()) {
            return "libraries";
        }
        if (entries.contains("etc/passwd")) {
            return "system";
        }
        return entries.stream().anyMatch(entry -> entry.startsWith("var/lib/vyra")) ? "data folder" : "other";
    }

    /**
     * Names in a tar archive, without a leading "./" and a trailing "/". Long names matter to nobody here and stay cut. What pax says of the
     * next entry (POSIX.1-2017, pax, ustar's typeflags x and g) is none.
     */
    private static List<String> entries(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream in = opened(file)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                if (header[156] != 'x' && header[156] != 'g') {
                    String prefix = header[257] == 'u' && header[262] == 0 ? text(header, 345, 155) : "";
                    String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
                    names.add(name.replaceFirst("^\\./", "").replaceFirst("/$", ""));
                }
                long size = size(header);
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                header = in.readNBytes(BLOCK);
            }
        }
        return names;
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long size(byte[] header) {
        String octal = text(header, 124, 12).strip();
        return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    }

    private static List<Step> steps(Path log) throws IOException {
        List<Step> steps = new ArrayList<>();
        java.util.Map<String, String[]> names = new java.util.HashMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher step = STEP.matcher(line);
            if (step.matches()) {
                names.put(step.group(1), new String[] {step.group(2), step.group(3)});
                continue;
            }
            Matcher done = DONE.matcher(line);
            String[] name = done.matches() ? names.remove(done.group(1)) : null;
            if (name != null && !name[0].startsWith("internal") && !name[0].startsWith("auth")) {
                boolean isCached = done.group(3) != null;
                steps.add(new Step(name[0], name[1], isCached ? 0 : Double.parseDouble(done.group(2)), isCached));
            }
        }
        return steps;
    }

    private static String markdown(
            String name, String id, String engine, double seconds, List<Layer> layers, List<Step> steps) {
        StringBuilder text = new StringBuilder();
        text.append("Image `%s`, built with %s in %.1f s\n\n".formatted(name, engine, seconds));
        text.append("Id: `%s`\n\n| layer | compressed MB | raw MB | digest (uncompressed) |\n|---|---:|---:|---|\n".formatted(id));
        for (Layer layer : layers) {
            text.append(row(layer.name(), layer.compressed(), layer.raw(), "`" + layer.digest() + "`"));
        }
        List<Layer> base = layers.stream().filter(Layer::isBase).toList();
        List<Layer> above = layers.stream().filter(layer -> !layer.isBase() && !layer.name().equals("AOT cache")).toList();
        text.append(sum("**base** (system, Java runtime)", base));
        text.append(sum("**above the base**, without AOT cache", above));
        text.append(sum("**whole image**", layers));
        List<Step> slow = steps.stream().filter(step -> step.seconds() >= 0.1).toList();
        if (!slow.isEmpty()) {
            text.append("\n| step | s |\n|---|---:|\n");
            for (Step step : slow) {
                text.append("| %s: `%s` | %.1f |\n".formatted(step.stage(), shortened(step.command()).replace("|", "\\|"), step.seconds()));
            }
            text.append("\n%d of %d steps were cached.\n".formatted(steps.stream().filter(Step::isCached).count(), steps.size()));
        }
        return text.toString();
    }

    private static String sum(String name, List<Layer> layers) {
        return row(
                name,
                layers.stream().mapToLong(Layer::compressed).sum(),
                layers.stream().mapToLong(Layer::raw).sum(),
                "");
    }

    private static String row(String name, long compressed, long raw, String digest) {
        return String.format("| %s | %.2f | %.2f | %s |\n", name, compressed / 1e6, raw / 1e6, digest);
    }

    private static String shortened(String command) {
        String one = command.replaceAll("\\s+", " ").replace("`", "'");
        return one.length() <= 80 ? one : one.substring(0, 79) + "…";
    }

    private static String json(
            String name, String id, String engine, double seconds, List<Layer> layers, List<Step> steps) {
        List<String> rows = layers.stream()
                .map(layer -> "{\"name\": %s, \"compressed_bytes\": %d, \"raw_bytes\": %d, \"digest\": %s, \"base\": %s}"
                        .formatted(quoted(layer.name()), layer.compressed(), layer.raw(), quoted(layer.digest()), layer.isBase()))
                .toList();
        List<String> done = steps.stream()
                .map(step -> "{\"stage\": %s, \"command\": %s, \"seconds\": %s, \"cached\": %s}"
                        .formatted(quoted(step.stage()), quoted(step.command()), step.seconds(), step.isCached()))
                .toList();
        return """
                {
                  "name": %s,
                  "id": %s,
                  "engine": %s,
                  "build_seconds": %s,
                  "layers": [
                    %s
                  ],
                  "steps": [
                    %s
                  ]
                }
                """.formatted(
                        quoted(name), quoted(id), quoted(engine), seconds, String.join(",\n    ", rows), String.join(",\n    ", done));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + "\"";
    }

    private static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
