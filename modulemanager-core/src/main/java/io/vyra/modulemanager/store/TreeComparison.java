package io.vyra.modulemanager.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Whether two trees hold the same names with the same content. Modes and times do not count. */
final class TreeComparison {
    private TreeComparison() {}

    static boolean isSame(Path one, Path other) throws IOException {
        Map<Path, BasicFileAttributes> ones = content(one);
        Map<Path, BasicFileAttributes> others = content(other);
        if (!ones.keySet().equals(others.keySet())) {
            return false;
        }
        for (Map.Entry<Path, BasicFileAttributes> entry : ones.entrySet()) {
            Path path = entry.getKey();
            if (!isSame(one.resolve(path), entry.getValue(), other.resolve(path), others.get(path))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Path one, BasicFileAttributes a, Path other, BasicFileAttributes b)
            throws IOException {
        if (a.isRegularFile() && b.isRegularFile()) {
            return a.size() == b.size() && Files.mismatch(one, other) < 0;
        }
        if (a.isSymbolicLink() && b.isSymbolicLink()) {
            return Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
        }
        return a.isDirectory() && b.isDirectory();
    }

    private static Map<Path, BasicFileAttributes> content(Path root) throws IOException {
        Map<Path, BasicFileAttributes> content = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                content.put(root.relativize(folder), attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                content.put(root.relativize(file), attributes);
                return FileVisitResult.CONTINUE;
            }
        });
        return content;
    }

    /** Bytes of all regular files below; what vanishes meanwhile counts nothing. */
    static long bytesOf(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        long[] sum = {0};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
