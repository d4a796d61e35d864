package rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sources that a build was made of, in a file as {@code sha256sum} writes it.
 *
 * @param digests of each file, by its path below the checkout
 */
record Sources(Map<String, String> digests) {
    /** Of the sources in their module. */
    static final String FOLDER = "src/main/java";

    private static final int DIGEST_CHARACTERS = 64;

    /** Of the build before. */
    static Sources recorded(Path file) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            digests.put(line.substring(DIGEST_CHARACTERS + 2), line.substring(0, DIGEST_CHARACTERS));
        }
        return new Sources(digests);
    }

    /** Of the checkout as it is. */
    static Sources current(Path checkout) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path folder : folders(checkout)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    digests.put(checkout.relativize(file).toString(), digest(Files.readAllBytes(file)));
                }
            }
        }
        return new Sources(digests);
    }

    private static List<Path> folders(Path checkout) throws IOException {
        try (Stream<Path> modules = Files.list(checkout)) {
            return modules.filter(module -> module.getFileName().toString().matches("(modulemanager|protocol)-.*"))
                    .map(module -> module.resolve(FOLDER))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of a Maven module, by the folder of that name. */
    Sources of(String module) {
        Map<String, String> own = new TreeMap<>(digests);
        own.keySet().removeIf(path -> !path.startsWith(module + "/"));
        return new Sources(own);
    }

    /** All of each package with a source that differs. */
    Sources ofPackagesThatDifferFrom(Sources before) {
        Set<String> folders = new TreeSet<>();
        digests.forEach((path, digest) -> {
            if (!digest.equals(before.digests.get(path))) {
                folders.add(folder(path));
            }
        });
        Map<String, String> own = new TreeMap<>(digests);
        own.keySet().removeIf(path -> !folders.contains(folder(path)));
        return new Sources(own);
    }

    /** @param path of a file that may be no source */
    boolean hasOneBeside(String path) {
        return digests.keySet().stream().anyMatch(source -> folder(source).equals(folder(path)));
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    void write(Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        digests.forEach((path, digest) -> lines.append(digest).append("  ").append(path).append('\n'));
        Files.writeString(file, lines);
    }
}
