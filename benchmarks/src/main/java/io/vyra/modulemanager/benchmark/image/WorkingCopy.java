package io.vyra.modulemanager.benchmark.image;

import io.vyra.modulemanager.benchmark.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A checkout of its own of the commit that the checkout is at, so that nobody's sources are changed. It shares the base images. Not
 * thread-safe.
 */
final class WorkingCopy {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path root;
    private final Map<Change, String> original = new EnumMap<>(Change.class);
    private int changes;

    private WorkingCopy(Path root) {
        this.root = root;
    }

    static WorkingCopy of(Path checkout, Path root) throws IOException, InterruptedException {
        Program git = new Program(checkout, Map.of());
        String commit = commit(checkout);
        git.run(LIMIT, List.of("git", "clone", "--quiet", "--no-checkout", checkout.toString(), root.toString()));
        git.in(root).run(LIMIT, List.of("git", "checkout", "--quiet", "--detach", commit));
        Files.createDirectories(root.resolve("target"));
        Files.createSymbolicLink(root.resolve("target/base"), checkout.resolve("target/base"));
        WorkingCopy copy = new WorkingCopy(root);
        for (Change change : Change.values()) {
            copy.original.put(change, Files.readString(root.resolve(change.file())));
        }
        return copy;
    }

    static String commit(Path checkout) throws IOException, InterruptedException {
        return new Program(checkout, Map.of()).run(LIMIT, List.of("git", "rev-parse", "HEAD"));
    }

    /** Whether the checkout has changes that a copy of its commit does not have. */
    static boolean isChanged(Path checkout) throws IOException, InterruptedException {
        return !new Program(checkout, Map.of())
                .run(LIMIT, List.of("git", "status", "--porcelain", "--untracked-files=no"))
                .isEmpty();
    }

    Path root() {
        return root;
    }

    /** Makes this change alone, in a way in which it never was before. */
    void change(Change change) throws IOException {
        restore();
        changes++;
        Files.writeString(root.resolve(change.file()), change.in(original.get(change), changes));
    }

    /** As committed. */
    void restore() throws IOException {
        for (Map.Entry<Change, String> file : original.entrySet()) {
            Path path = root.resolve(file.getKey().file());
            // Its time is left alone when nothing changed: Maven goes by times.
            if (!Files.readString(path).equals(file.getValue())) {
                Files.writeString(path, file.getValue());
            }
        }
    }
}
