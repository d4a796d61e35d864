package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.catalog.PlanLimits;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.TransferLimits;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.LogRotation;
import io.vyra.modulemanager.store.RetentionRule;
import io.vyra.modulemanager.store.UnpackLimits;
import io.vyra.modulemanager.supervision.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the core is configured with.
 *
 * @param name        what the manager's id begins with, as the ids of modules begin with theirs
 * @param data        folder for everything durable
 * @param shim        the program {@code module-shim}
 * @param managerUrl  where modules reach the REST interface
 * @param environment the manager's own environment
 * @param slim        whether this is the SLIM distribution
 * @param restoreFrom backup to restore before anything else
 * @param seeds       repositories that are added at the start when none has their address yet
 * @param probation   how long a new version must stay healthy
 * @param refreshEvery how often repositories are asked again by themselves
 */
public record ManagerSettings(
        String name,
        Path data,
        Path shim,
        String managerUrl,
        Map<String, String> environment,
        boolean slim,
        Optional<Path> restoreFrom,
        List<SeedRepository> seeds,
        Duration probation,
        Duration operationTimeout,
        Duration refreshEvery,
        RestartPolicy.Settings restarts,
        RetentionRule retention,
        LogRotation logRotation,
        PlanLimits planLimits,
        TransferLimits transferLimits,
        UnpackLimits unpackLimits) {
    public static final String DEFAULT_NAME = "v2_modulemanager";

    /** @throws IllegalArgumentException when no module can have that name */
    public ManagerSettings {
        ModuleId.requireName(name);
        data = data.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
        seeds = List.copyOf(seeds);
    }

    /** A repository that comes with the installation. */
    public record SeedRepository(String id, String name, String url) {
        Repository toRepository() {
            return new Repository(id, name, url, 100, true, "", Optional.empty(), Optional.empty());
        }
    }

    /** The defaults, for a data folder and a shim. */
    public static ManagerSettings of(Path data, Path shim) {
        return new ManagerSettings(
                DEFAULT_NAME,
                data,
                shim,
                "http://127.0.0.1:8080",
                System.getenv(),
                false,
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                RestartPolicy.Settings.DEFAULT,
                RetentionRule.DEFAULT,
                LogRotation.DEFAULT,
                PlanLimits.DEFAULT,
                TransferLimits.DEFAULT,
                UnpackLimits.DEFAULT);
    }
}
