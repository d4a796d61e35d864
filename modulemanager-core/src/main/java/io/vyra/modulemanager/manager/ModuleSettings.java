package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.instance.InstanceRecord.Settings;
import io.vyra.modulemanager.instance.InstanceRegistry;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** What a user may set on an installed module: alias, primary, pinned. Thread-safe. */
final class ModuleSettings {
    private final InstanceRegistry registry;

    ModuleSettings(InstanceRegistry registry) {
        this.registry = registry;
    }

    /** @throws ProblemException {@code STALE_ETAG}, {@code INVALID_REQUEST} or {@code CONFLICT} */
    void check(InstanceRecord record, ModuleChange change, String ifMatch) {
        requireFresh(record, ifMatch);
        if (change.desiredVersion().isPresent() && change.desiredState().isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "desired_version and desired_state are two operations. Send them one after the other.",
                    List.of(new Problem.FieldError("/desired_state", "not together with desired_version")));
        }
        newAlias(change).ifPresent(alias -> requireAlias(record.id(), alias));
    }

    /**
     * Sets what the change names, all or nothing of alias and pins.
     *
     * @throws ProblemException {@code STALE_ETAG} or {@code CONFLICT} when somebody was faster since {@link #check}
     */
    void apply(ModuleId module, ModuleChange change, String ifMatch) {
        registry.update(module, before -> {
            requireFresh(before, ifMatch);
            newAlias(change).ifPresent(alias -> requireAlias(module, alias));
            Settings settings = before.settings();
            if (change.alias().isPresent()) {
                settings = settings.withAlias(newAlias(change));
            }
            if (change.primary().filter(primary -> !primary).isPresent()) {
                settings = settings.withPrimary(false);
            }
            if (change.pinned().isPresent()) {
                settings = settings.withPinned(change.pinned().get());
            }
            // Counted even if nothing differs: of two who decided on the same state, the second must look again.
            return before.with(settings).counted();
        });
        if (change.primary().filter(Boolean::booleanValue).isPresent()) {
            registry.makePrimary(module);
        }
    }

    /** An empty alias takes the present one away. */
    private static Optional<String> newAlias(ModuleChange change) {
        return change.alias().filter(alias -> !alias.isEmpty());
    }

    private static void requireFresh(InstanceRecord record, String ifMatch) {
        if (!ifMatch.equals("*") && !ifMatch.equals(record.etag())) {
            throw new ProblemException(
                    ProblemType.STALE_ETAG,
                    "Module " + record.id() + " has the ETag \"" + record.etag() + "\" now, but If-Match says \""
                            + ifMatch + "\"" + ". Somebody changed it meanwhile: read it again and repeat the change.");
        }
    }

    private void requireAlias(ModuleId module, String alias) {
        // The API has a meaning of its own for /modules/upload, and an alias that looks like an id would hide one.
        if (!alias.matches("[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}")
                || alias.equals("upload")
                || ModuleId.parse(alias).isPresent()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "An alias has 1 to 64 letters, digits, spaces, '_', '.' or '-', beginning with a letter or digit, and is"
                            + " neither an id nor 'upload'.",
                    List.of(new Problem.FieldError("/alias", "'" + alias + "' is no alias")));
        }
        registry.all().stream()
                .filter(other -> !other.id().equals(module) && InstanceRegistry.answersTo(other, alias))
                .findFirst()
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            "'" + alias + "' already means " + other.id() + ". Choose another alias.");
                });
    }
}
