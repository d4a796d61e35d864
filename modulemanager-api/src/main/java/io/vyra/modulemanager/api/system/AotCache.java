package io.vyra.modulemanager.api.system;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The ahead-of-time cache that the service's JVM was given (JEP 483, JEP 514). A JVM whose flags differ from those of the training goes
 * on without it and says nothing, so it is asked for what it has mapped. Thread-safe.
 */
@Singleton
public class AotCache {
    private static final Logger LOG = Logger.getLogger(AotCache.class);
    private static final String FLAG = "-XX:AOTCache=";

    private final List<String> flags;
    private final Optional<Path> file;
    private final Use use;

    AotCache() {
        this(ManagementFactory.getRuntimeMXBean().getInputArguments(), Path.of("/proc/self/maps"));
    }

    /**
     * @param arguments what the JVM was started with
     * @param mappings its mapped files, as in proc(5), {@code /proc/pid/maps}
     */
    AotCache(List<String> arguments, Path mappings) {
        this.flags =
                arguments.stream().filter(argument -> argument.startsWith("-X")).toList();
        this.file = arguments.stream()
                .filter(argument -> argument.startsWith(FLAG))
                .map(argument -> argument.substring(FLAG.length()))
                .reduce((earlier, later) -> later)
                .filter(name -> !name.isEmpty())
                .map(Path::of);
        this.use = file.map(given -> isMapped(given, mappings) ? Use.IN_USE : Use.UNUSED)
                .orElse(Use.ABSENT);
    }

    /** What became of the cache. */
    public enum Use {
        IN_USE,
        UNUSED,
        ABSENT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Use use() {
        return use;
    }

    void report(@Observes StartupEvent event) {
        if (use == Use.UNUSED) {
            LOG.warnf(
                    "The JVM does not use its AOT cache, so that this start took longer: a flag in JAVA_OPTS differs from those of the"
                            + " training, or the cache belongs to another Java runtime. -XX:AOTMode=on instead shows why. file=%s"
                            + " flags=%s",
                    file.orElseThrow(), flags);
        }
    }

    private static boolean isMapped(Path file, Path mappings) {
        try (Stream<String> lines = Files.lines(mappings)) {
            String name = file.toRealPath().toString();
            return lines.anyMatch(line -> line.endsWith(" " + name));
        } catch (IOException e) {
            LOG.debugf(e, "Cannot tell whether the AOT cache is in use file=%s", file);
            return false;
        }
    }
}
