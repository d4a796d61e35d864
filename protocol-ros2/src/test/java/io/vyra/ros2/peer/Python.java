package io.vyra.ros2.peer;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the Python of the peers is. */
public final class Python {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path PYTHON = Path.of("target/python/bin/python").toAbsolutePath();

    private Python() {}

    /** The interpreter that has the peers' packages. */
    public static String interpreter() {
        if (!Files.isExecutable(PYTHON)) {
            throw new IllegalStateException(
                    "The peers of these tests are not installed. Run launcher/python-peers.sh protocol-ros2 (./mm test does that)");
        }
        return PYTHON.toString();
    }

    public static String script(String name) {
        return SCRIPTS.resolve(name).toString();
    }
}
