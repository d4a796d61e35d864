package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.AvailableUpdate;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.catalog.Catalog;
import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleHealth;
import io.vyra.modulemanager.module.Operational;
import io.vyra.modulemanager.module.StateLayers;
import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.runtime.ModuleRuntime;
import io.vyra.modulemanager.supervision.InstanceState;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import io.vyra.modulemanager.supervision.Supervision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semver4j.Semver;

/** Puts together what users see of a module. Thread-safe; reads memory only, so that listing 200 modules stays cheap. */
final class ModuleViews {
    private static final Manifest.About UNKNOWN =
            new Manifest.About("", "", "", "", Optional.empty(), Optional.empty(), List.of(), false);

    private final InstalledManifests manifests;
    private final Supervision supervision;
    private final ModuleRuntime runtime;
    private final Catalog catalog;
    private final ModuleReports reports;

    ModuleViews(
            InstalledManifests manifests,
            Supervision supervision,
            ModuleRuntime runtime,
            Catalog catalog,
            ModuleReports reports) {
        this.manifests = manifests;
        this.supervision = supervision;
        this.runtime = runtime;
        this.catalog = catalog;
        this.reports = reports;
    }

    /** Modules whose manifest says {@code visible: false} are for administrators only. */
    boolean mayBeSeenBy(InstanceRecord record, Caller caller) {
        return caller.role().includes(Role.ADMIN)
                || caller.name().equals(record.id().toString())
                || manifests
                        .current(record)
                        .map(manifest -> manifest.permissions().visible())
                        .orElse(true);
    }

    ModuleView view(InstanceRecord record, Optional<String> operation) {
        Optional<Manifest> manifest = manifests.current(record);
        Optional<ModuleSupervisor> supervisor = supervision.find(record.id());
        return new ModuleView(
                record.id().toString(),
                record.id().name(),
                record.id().instanceId(),
                record.settings()
                        .alias()
                        .or(() -> manifest.flatMap(it -> it.about().alias())),
                manifest.map(Manifest::about).orElse(UNKNOWN),
                manifest.map(Manifest::dependencies).orElse(List.of()),
                record.versions().current(),
                desired(record.desired()),
                record.versions().current(),
                state(record, supervisor),
                runtime(record, manifest, supervisor),
                manifest.map(Manifest::permissions).orElse(Manifest.Permissions.DEFAULT),
                record.settings().primary(),
                record.settings().pinned(),
                update(record, manifest),
                operation,
                manifest.map(Manifest::labels).orElse(Map.of()),
                record.etag());
    }

    private static DesiredState desired(Desired desired) {
        return switch (desired) {
            case RUNNING -> DesiredState.RUNNING;
            case SUSPENDED -> DesiredState.SUSPENDED;
            case STOPPED, REMOVED -> DesiredState.STOPPED;
        };
    }

    private ModuleView.State state(InstanceRecord record, Optional<ModuleSupervisor> supervisor) {
        if (supervisor.isEmpty()) {
            Phase phase = record.desired() == Desired.REMOVED ? Phase.REMOVING : Phase.INSTALLING;
            return new ModuleView.State(
                    phase, Optional.empty(), Optional.empty(), "unknown", record.installedAt(), phase.wire());
        }
        InstanceState state = supervisor.get().state();
        String ailment = supervisor.get().ailment();
        StateLayers told = state.process().isPresent() ? reports.layers(record.id()) : StateLayers.UNKNOWN;
        return new ModuleView.State(
                record.desired() == Desired.REMOVED ? Phase.REMOVING : state.phase(),
                told.lifecycle().map(Lifecycle::wire),
                told.operational().map(Operational::wire),
                health(state, ailment, told),
                state.since(),
                ailment.isEmpty() ? state.reason() : ailment);
    }

    /** The worse of what the manager sees and what the module says. */
    private static String health(InstanceState state, String ailment, StateLayers told) {
        return switch (state) {
            case InstanceState.Running _ ->
                switch (told.health().orElse(ModuleHealth.HEALTHY)) {
                    case HEALTHY -> ailment.isEmpty() ? "healthy" : "warning";
                    case WARNING -> "warning";
                    case CRITICAL -> "critical";
                };
            case InstanceState.Backoff _, InstanceState.Failed _ -> "critical";
            case InstanceState.Stopped _,
                    InstanceState.Waiting _,
                    InstanceState.Starting _,
                    InstanceState.Suspended _,
                    InstanceState.Stopping _ -> "unknown";
        };
    }

    private ModuleView.Runtime runtime(
            InstanceRecord record, Optional<Manifest> manifest, Optional<ModuleSupervisor> supervisor) {
        Optional<ModuleProcess> process = supervisor.flatMap(it -> it.state().process());
        return new ModuleView.Runtime(
                process.map(ModuleProcess::kind).orElseGet(() -> kind(manifest)),
                process.map(it -> it.identity().pid()),
                process.map(it -> it.identity().startedAt()),
                record.launches().restarts(),
                supervisor.flatMap(ModuleSupervisor::lastExit),
                process.map(ModuleProcess::unenforcedLimits).orElse(List.of()));
    }

    private String kind(Optional<Manifest> manifest) {
        boolean isContainer = manifest.flatMap(Manifest::process)
                .flatMap(process -> process.container())
                .isPresent();
        return isContainer ? "container" : runtime.kind();
    }

    private Optional<AvailableUpdate> update(InstanceRecord record, Optional<Manifest> manifest) {
        return record.versions()
                .current()
                .map(version -> manifest.map(Manifest::version).orElseGet(() -> new Semver(version)))
                .flatMap(version -> catalog.newerThan(record.id().name(), version))
                .map(entry -> new AvailableUpdate(entry.version().getVersion(), entry.repositoryId()));
    }
}
