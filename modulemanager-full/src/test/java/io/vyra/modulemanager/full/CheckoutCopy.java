package io.vyra.modulemanager.full;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code ./mm} needs of a checkout to begin a build, in a folder of the test's own, and programs that stand for real ones. */
final class CheckoutCopy {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** Does nothing but say what MAVEN_SAYS holds, and fail. */
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = -v ]; then echo 'Apache Maven 3.9.16'; exit; fi
            echo "$MAVEN_SAYS"
            exit 1
            """;

    private final Path folder;
    private final Path programs;
    private final Map<String, String> environment = new HashMap<>();

    private CheckoutCopy(Path folder, Path programs) {
        this.folder = folder;
        this.programs = programs;
    }

    static CheckoutCopy make(Path parent) throws Exception {
        CheckoutCopy copy = new CheckoutCopy(
                Files.createDirectory(parent.resolve("checkout")), Files.createDirectory(parent.resolve("programs")));
        Command.run(CHECKOUT, Map.of(), LIMIT, List.of("sh", "-ec", """
                        cp -r --parents mm launcher docker packaging .mvn pom.xml ./*/pom.xml \
                            frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/build.sh "$0"
                        """, copy.folder.toString()))
                .successful();
        copy.file("modulemanager-core/src/main/java/Core.java", "class Core {}");
        copy.file("protocol-zenoh/src/main/java/Zenoh.java", "class Zenoh {}");
        copy.program("mvn", MAVEN);
        copy.environment.put("PATH", copy.programs + ":" + System.getenv("PATH"));
        copy.environment.put("JAVA_HOME", System.getProperty("java.home"));
        // Nothing that this machine unpacked before.
        copy.environment.put("XDG_CACHE_HOME", parent.resolve("cache").toString());
        return copy;
    }

    Path folder() {
        return folder;
    }

    Path file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    void program(String name, String text) throws IOException {
        Path program = Files.writeString(programs.resolve(name), text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    Command mm(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(folder.resolve("mm").toString()));
        words.addAll(List.of(arguments));
        return Command.run(folder, environment, LIMIT, words);
    }

    /** A shell's script with a disk of this size at {@code disk}, which nobody else sees. Only root can have one. */
    Command onSmallDisk(String size, String script) throws Exception {
        Files.createDirectory(folder.resolve("disk"));
        return Command.run(
                folder,
                environment,
                LIMIT,
                List.of("unshare", "--mount", "sh", "-ec", "mount -t tmpfs -o size=" + size + " none disk\n" + script));
    }
}
