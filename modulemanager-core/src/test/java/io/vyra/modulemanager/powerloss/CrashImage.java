package io.vyra.modulemanager.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A whole tree as a crash may have left it. Immutable. */
public record CrashImage(Folder root) {

    /** In the order of the bits of a mode. */
    private static final PosixFilePermission[] FROM_OWNER_READ_DOWN = PosixFilePermission.values();

    /** What a name stands for. */
    sealed interface Entry {}

    /** @param mode permission bits */
    // An array on purpose: images are compared by their listing.
    @SuppressWarnings("ArrayRecordComponent")
    record File(byte[] bytes, int mode) implements Entry {}

    record Link(String target) implements Entry {}

    /** Ordered by name. */
    record Folder(Map<String, Entry> entries) implements Entry {}

    /** Reads a real tree, so that a model can be compared with it. Sockets are left out. */
    public static CrashImage of(Path folder) throws IOException {
        return new CrashImage(read(folder));
    }

    private static Folder read(Path folder) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                String name = child.getFileName().toString();
                if (Files.isSymbolicLink(child)) {
                    entries.put(name, new Link(Files.readSymbolicLink(child).toString()));
                } else if (Files.isDirectory(child)) {
                    entries.put(name, read(child));
                } else if (Files.isRegularFile(child)) {
                    entries.put(name, new File(Files.readAllBytes(child), modeOf(child)));
                }
            }
        }
        return new Folder(entries);
    }

    /** Makes the tree in an existing folder. */
    public void writeTo(Path folder) throws IOException {
        write(root, folder);
    }

    private static void write(Folder folder, Path place) throws IOException {
        for (Map.Entry<String, Entry> named : folder.entries().entrySet()) {
            Path path = place.resolve(named.getKey());
            switch (named.getValue()) {
                case File file -> {
                    Files.write(path, file.bytes());
                    Files.setPosixFilePermissions(path, permissions(file.mode()));
                }
                case Link link -> Files.createSymbolicLink(path, Path.of(link.target()));
                case Folder inner -> write(inner, Files.createDirectory(path));
            }
        }
    }

    /** A text with one line for each name, with the size, mode and checksum of files: the same for the same tree. */
    public String listing() {
        StringBuilder text = new StringBuilder();
        list(root, "", text);
        return text.toString();
    }

    private static void list(Folder folder, String prefix, StringBuilder text) {
        folder.entries().forEach((name, entry) -> {
            text.append(prefix).append(name);
            switch (entry) {
                case File file ->
                    text.append(
                            " %d bytes %o %s%n".formatted(file.bytes().length, file.mode(), checksum(file.bytes())));
                case Link link -> text.append(" -> ").append(link.target()).append('\n');
                case Folder inner -> {
                    text.append("/\n");
                    list(inner, prefix + name + "/", text);
                }
            }
        });
    }

    private static String checksum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < FROM_OWNER_READ_DOWN.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(FROM_OWNER_READ_DOWN[i]);
            }
        }
        return permissions;
    }

    private static int modeOf(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        int mode = 0;
        for (int i = 0; i < FROM_OWNER_READ_DOWN.length; i++) {
            if (permissions.contains(FROM_OWNER_READ_DOWN[i])) {
                mode |= 0400 >> i;
            }
        }
        return mode;
    }
}
