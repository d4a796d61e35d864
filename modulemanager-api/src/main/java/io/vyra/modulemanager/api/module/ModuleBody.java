package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.runtime.ExitEvidence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A module as the API shows it. */
public record ModuleBody(
        String id,
        String name,
        String instanceId,
        String alias,
        String displayName,
        String description,
        String author,
        String icon,
        List<String> blueprints,
        List<Dependency> dependencies,
        String version,
        Desired desired,
        State state,
        Runtime runtime,
        Permissions permissions,
        boolean primary,
        boolean pinned,
        Update update,
        String operation,
        Map<String, String> labels) {

    public record Dependency(String name, String range, boolean optional) {}

    public record Desired(String state, String version) {}

    public record State(
            String phase, String lifecycle, String operational, String health, Instant since, String reason) {}

    public record Runtime(
            String kind,
            Long pid,
            Instant startedAt,
            long restarts,
            LastExit lastExit,
            List<String> unenforcedLimits) {}

    public record LastExit(
            Integer code, Integer signal, Instant at, boolean oom, double ranFor, String note, List<String> logTail) {}

    public record Permissions(
            boolean visible,
            boolean removable,
            boolean updatable,
            boolean suspendable,
            boolean multiInstance,
            boolean isProtected) {
        /** {@code protected} is a word of the language. */
        @com.fasterxml.jackson.annotation.JsonProperty("protected")
        @Override
        public boolean isProtected() {
            return isProtected;
        }
    }

    public record Update(String version, String repository) {}

    public static ModuleBody of(ModuleView view) {
        return new ModuleBody(
                view.id(),
                view.name(),
                view.instanceId(),
                view.alias().orElse(null),
                view.about().displayName(),
                view.about().description(),
                view.about().author(),
                view.about().icon().orElse(null),
                view.about().blueprints(),
                view.dependencies().stream()
                        .map(needed ->
                                new Dependency(needed.name(), needed.range().toString(), needed.optional()))
                        .toList(),
                view.version().orElse(null),
                new Desired(
                        view.desiredState().name().toLowerCase(Locale.ROOT),
                        view.desiredVersion().orElse(null)),
                state(view.state()),
                runtime(view.runtime()),
                permissions(view.permissions()),
                view.primary(),
                view.pinned(),
                view.update()
                        .map(update -> new Update(update.version(), update.repository()))
                        .orElse(null),
                view.operation().orElse(null),
                view.labels());
    }

    private static State state(ModuleView.State state) {
        return new State(
                state.phase().wire(),
                state.lifecycle().orElse(null),
                state.operational().orElse(null),
                state.health(),
                state.since(),
                state.reason());
    }

    private static Runtime runtime(ModuleView.Runtime runtime) {
        return new Runtime(
                runtime.kind(),
                runtime.pid().orElse(null),
                runtime.startedAt().orElse(null),
                runtime.restarts(),
                runtime.lastExit().map(ModuleBody::lastExit).orElse(null),
                runtime.unenforcedLimits());
    }

    static LastExit lastExit(ExitEvidence exit) {
        return new LastExit(
                exit.code().isPresent() ? exit.code().getAsInt() : null,
                exit.signal().isPresent() ? exit.signal().getAsInt() : null,
                exit.at(),
                exit.outOfMemory(),
                exit.ranFor().toMillis() / 1000.0,
                exit.note(),
                exit.lastLines());
    }

    private static Permissions permissions(Manifest.Permissions permissions) {
        return new Permissions(
                permissions.visible(),
                permissions.removable(),
                permissions.updatable(),
                permissions.suspendable(),
                permissions.multiInstance(),
                permissions.isProtected());
    }
}
