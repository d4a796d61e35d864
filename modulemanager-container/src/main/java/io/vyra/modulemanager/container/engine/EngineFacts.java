package io.vyra.modulemanager.container.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine is.
 *
 * @param version       its own version, for example {@code 20.10.24}
 * @param cgroupVersion {@code 1} or {@code 2}
 * @param storageDriver for example {@code overlay2}
 * @param dataRoot      where it keeps images and containers; empty when that is another machine
 * @param limits        what it can limit
 */
public record EngineFacts(
        Kind kind,
        String version,
        String cgroupVersion,
        String storageDriver,
        Optional<Path> dataRoot,
        EngineLimits limits) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");

    /** An engine that limits everything. */
    public EngineFacts(Kind kind, String version, String cgroupVersion, String storageDriver, Optional<Path> dataRoot) {
        this(kind, version, cgroupVersion, storageDriver, dataRoot, EngineLimits.ALL);
    }

    /** Which engine answers. */
    public enum Kind {
        DOCKER("Docker", 20, 10),
        PODMAN("Podman", 4, 3);

        private final String title;
        private final int major;
        private final int minor;

        Kind(String title, int major, int minor) {
            this.title = title;
            this.major = major;
            this.minor = minor;
        }

        public String title() {
            return title;
        }
    }

    /** Whether it takes requests for a GPU; Podman's service answers them as if they had not been made. */
    public boolean givesGpus() {
        return kind == Kind.DOCKER;
    }

    /** Why this engine is of no use, as a sentence; empty when it is. */
    public Optional<String> complaint() {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        boolean isOld = major < kind.major || major == kind.major && minor < kind.minor;
        return isOld
                ? Optional.of(kind.title + " " + version + " is too old: version " + kind.major + "." + kind.minor
                        + " or newer is needed.")
                : Optional.empty();
    }
}
