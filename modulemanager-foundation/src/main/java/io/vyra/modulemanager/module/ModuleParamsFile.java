package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** {@code module_params.yaml}: what may be done to the module, how it is supervised, what it may use. */
record ModuleParamsFile(
        Manifest.Permissions permissions,
        Manifest.Behavior behavior,
        Manifest.Resources resources,
        Map<String, String> labels) {

    static final ModuleParamsFile DEFAULT = new ModuleParamsFile(
            Manifest.Permissions.DEFAULT,
            new Manifest.Behavior(true, true, HealthCheck.DEFAULT),
            Manifest.Resources.NONE,
            Map.of());

    private static final double DAY_SECONDS = 86_400;
    /** Docker's least limit, too: below it the kernel kills a process before its program runs. */
    private static final long LEAST_MEMORY_LIMIT = 6 << 20;

    static ModuleParamsFile read(YamlSection file) {
        Manifest.Permissions permissions =
                file.section("permissions").map(ModuleParamsFile::permissions).orElse(DEFAULT.permissions());
        Manifest.Behavior behavior =
                file.section("behavior").map(ModuleParamsFile::behavior).orElse(DEFAULT.behavior());
        Manifest.Resources resources =
                file.section("resources").map(ModuleParamsFile::resources).orElse(DEFAULT.resources());
        Map<String, String> labels = new LinkedHashMap<>();
        file.section("labels").ifPresent(section -> flatten("", section, labels));
        file.section("state_manager").ifPresent(ModuleParamsFile::checkStateManager);
        file.section("security");
        file.warnUnknownKeys();
        return new ModuleParamsFile(permissions, behavior, resources, labels);
    }

    private static Manifest.Permissions permissions(YamlSection section) {
        Manifest.Permissions absent = Manifest.Permissions.DEFAULT;
        Manifest.Permissions permissions = new Manifest.Permissions(
                section.flag("visible", absent.visible()),
                section.flag("removable", absent.removable()),
                section.flag("updatable", absent.updatable()),
                section.flag("suspendable", absent.suspendable()),
                section.flag("multi_instance", absent.multiInstance()),
                section.flag("protected", absent.isProtected()));
        section.warnUnknownKeys();
        return permissions;
    }

    private static Manifest.Behavior behavior(YamlSection section) {
        Manifest.Behavior behavior = new Manifest.Behavior(
                section.flag("auto_start", DEFAULT.behavior().autoStart()),
                section.flag("restart_on_failure", DEFAULT.behavior().restartOnFailure()),
                section.section("health_check")
                        .map(ModuleParamsFile::healthCheck)
                        .orElse(HealthCheck.DEFAULT));
        section.warnUnknownKeys();
        return behavior;
    }

    private static HealthCheck healthCheck(YamlSection section) {
        HealthCheck absent = HealthCheck.DEFAULT;
        HealthCheck healthCheck = new HealthCheck(
                section.flag("enabled", absent.enabled()),
                seconds(section.number("interval_seconds", 0.1, DAY_SECONDS), absent.interval()),
                seconds(section.number("timeout_seconds", 0.01, DAY_SECONDS), absent.timeout()),
                (int) section.wholeNumber("retries", 1, 10_000).orElse(absent.retries()),
                seconds(section.number("start_period_seconds", 0, DAY_SECONDS), absent.startPeriod()));
        section.warnUnknownKeys();
        return healthCheck;
    }

    static Duration seconds(OptionalDouble value, Duration absent) {
        return value.isPresent() ? Duration.ofMillis(Math.round(value.getAsDouble() * 1000)) : absent;
    }

    private static Manifest.Resources resources(YamlSection section) {
        Manifest.Resources resources = new Manifest.Resources(
                section.value("cpu_limit").flatMap(ModuleParamsFile::cores),
                section.value("memory_limit").flatMap(ModuleParamsFile::memoryLimit),
                section.value("cpu_reservation").flatMap(ModuleParamsFile::cores),
                section.value("memory_reservation").flatMap(ModuleParamsFile::bytes));
        checkOrder(section, "cpu_reservation", resources.cpuReservation(), resources.cpuLimit());
        checkOrder(section, "memory_reservation", resources.memoryReservationBytes(), resources.memoryLimitBytes());
        section.warnUnknownKeys();
        return resources;
    }

    private static <T extends Comparable<T>> void checkOrder(
            YamlSection section, String key, Optional<T> reservation, Optional<T> limit) {
        if (reservation.isPresent() && limit.isPresent() && reservation.get().compareTo(limit.get()) > 0) {
            section.value(key).ifPresent(value -> value.error("must not be above the limit"));
        }
    }

    /** A number of cores, quoted or not; 0 and the empty text mean none, as in Docker's options. */
    private static Optional<Double> cores(YamlValue value) {
        if (!value.isText()) {
            OptionalDouble cores = value.number(0, 1024);
            return cores.isPresent() && cores.getAsDouble() > 0 ? Optional.of(cores.getAsDouble()) : Optional.empty();
        }
        String text = value.text().orElse("").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.matches("\\d{1,4}(\\.\\d{1,6})?") && Double.parseDouble(text) <= 1024) {
            return Optional.of(Double.parseDouble(text)).filter(cores -> cores > 0);
        }
        value.refuse("a number of cores such as 0.5");
        return Optional.empty();
    }

    private static Optional<Long> memoryLimit(YamlValue value) {
        Optional<Long> bytes = bytes(value);
        if (bytes.isPresent() && bytes.get() < LEAST_MEMORY_LIMIT) {
            value.error("is " + bytes.get() + " bytes, in which no program starts; the least is " + LEAST_MEMORY_LIMIT
                    + " (6M)");
        }
        return bytes;
    }

    private static Optional<Long> bytes(YamlValue value) {
        if (!value.isText()) {
            OptionalLong bytes = value.wholeNumber(0, Long.MAX_VALUE);
            return bytes.isPresent() && bytes.getAsLong() > 0 ? Optional.of(bytes.getAsLong()) : Optional.empty();
        }
        String text = value.text().orElse("").strip();
        OptionalLong bytes = text.isEmpty() ? OptionalLong.of(0) : MemorySize.parse(text);
        if (bytes.isEmpty()) {
            value.refuse("a size in bytes or one such as 512M or 2Gi");
        }
        return bytes.isPresent() && bytes.getAsLong() > 0 ? Optional.of(bytes.getAsLong()) : Optional.empty();
    }

    private static void flatten(String prefix, YamlSection section, Map<String, String> into) {
        for (YamlSection.Member member : section.members()) {
            String name = prefix + member.key();
            if (member.value().isMap()) {
                flatten(name + ".", member.value().section(), into);
            } else if (member.value().isNull()) {
                into.put(name, "");
            } else {
                member.value().anyScalar().ifPresent(text -> into.put(name, text));
            }
        }
    }

    /** The module itself reads these; here they are only held to their types. */
    private static void checkStateManager(YamlSection section) {
        section.number("broadcast_interval_hz", 0, 10_000);
        section.wholeNumber("max_state_history_size", 0, Integer.MAX_VALUE);
        section.wholeNumber("max_error_history_size", 0, Integer.MAX_VALUE);
        section.flag("debug_transitions", false);
        section.warnUnknownKeys();
    }
}
