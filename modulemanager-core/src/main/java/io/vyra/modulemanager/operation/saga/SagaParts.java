package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.catalog.PackageFetcher;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.catalog.UpdateOrderRule;
import io.vyra.modulemanager.instance.InstalledVersions;
import io.vyra.modulemanager.instance.InstanceHistory;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.store.ModuleStore;
import io.vyra.modulemanager.store.PackageUnpacker;
import io.vyra.modulemanager.supervision.Supervision;
import io.vyra.modulemanager.supervision.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What steps work with; shared by all.
 *
 * @param orders    whether a new version may run beside the old one
 * @param self      the manager's own identity, written into installed manifests
 * @param probation how long a new version must stay healthy before the update is final
 * @param gone      told of a module that is being removed, so that what else belongs to it (tokens) goes too
 */
public record SagaParts(
        ModuleId self,
        ModuleStore store,
        PackageFetcher fetcher,
        RepositoryStore repositories,
        PackageUnpacker unpacker,
        ManifestReader manifests,
        InstallChecks checks,
        UpdateOrderRule orders,
        InstanceRegistry registry,
        InstalledVersions versions,
        InstanceHistory history,
        Supervision supervision,
        RetentionSweep retention,
        Timers timers,
        InstantSource clock,
        Duration probation,
        Consumer<ModuleId> gone) {}
