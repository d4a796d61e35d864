package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Compose of this machine: the plugin of Docker's client or the program of the same code (2 and newer), or the one before it (1), which
 * Debian 12 and Ubuntu have as {@code docker-compose} and which does not know the files' {@code name:}.
 */
record Compose(String version, List<String> client) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** One of each major version: of 2 that of the client, or the one that {@code ./mm test --all} builds where that has none. */
    static List<Compose> ofThisMachine(Path checkout) throws IOException, InterruptedException {
        List<Compose> found = new ArrayList<>();
        for (List<String> client : List.of(
                List.of("docker", "compose"),
                List.of(checkout.resolve("modulemanager-full/target/compose/docker-compose")
                        .toString()),
                List.of("docker-compose"))) {
            Command version = Command.run(checkout, Map.of(), LIMIT, shell(client, List.of("version", "--short")));
            if (version.code() == 0) {
                // Python's warnings come before it.
                Compose compose =
                        new Compose(version.output().strip().lines().toList().getLast(), client);
                if (found.stream().noneMatch(other -> other.isFirst() == compose.isFirst())) {
                    found.add(compose);
                }
            }
        }
        assertThat(found).as("a Compose of this machine").isNotEmpty();
        return found;
    }

    /** So that a program that is not there is no more than a code. */
    private static List<String> shell(List<String> client, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\"", "sh"));
        words.addAll(client);
        words.addAll(arguments);
        return words;
    }

    private boolean isFirst() {
        return version.startsWith("1.");
    }

    /** What to run for this file of the checkout's folder {@code docker}, as docs/deployment.md says it for each version. */
    List<String> command(Path file, String... arguments) {
        List<String> words = new ArrayList<>();
        if (isFirst()) {
            words.addAll(List.of(
                    "sh",
                    "-ec",
                    "cd \"$1\"; file=$2; name=$(sed -n 's/^name: //p' \"$file\"); shift 2;"
                            + " sed '/^name:/d' \"$file\" | docker-compose --file - --project-name \"$name\" \"$@\"",
                    "sh",
                    file.getParent().toString(),
                    file.getFileName().toString()));
        } else {
            words.addAll(client);
            words.addAll(List.of("--file", file.toString()));
        }
        words.addAll(List.of(arguments));
        return words;
    }

    @Override
    public String toString() {
        return "Compose " + version;
    }
}
