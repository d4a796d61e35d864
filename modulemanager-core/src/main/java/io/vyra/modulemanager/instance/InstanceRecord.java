package io.vyra.modulemanager.instance;

import io.vyra.modulemanager.module.ModuleId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The durable row of one installed module.
 *
 * @param revision grows with every change of settings or versions; the ETag
 */
public record InstanceRecord(
        ModuleId id, Settings settings, Versions versions, Launches launches, long revision, Instant installedAt) {
    public InstanceRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(versions, "versions");
        Objects.requireNonNull(launches, "launches");
    }

    static InstanceRecord fresh(ModuleId id, Desired desired, boolean primary, Instant installedAt) {
        return new InstanceRecord(
                id,
                new Settings(desired, Optional.empty(), primary, false),
                new Versions(Optional.empty(), Optional.empty()),
                new Launches(0, false, 0, 0),
                1,
                installedAt);
    }

    /** What users set. */
    public record Settings(Desired desired, Optional<String> alias, boolean primary, boolean pinned) {
        public Settings withDesired(Desired wanted) {
            return new Settings(wanted, alias, primary, pinned);
        }

        public Settings withAlias(Optional<String> name) {
            return new Settings(desired, name, primary, pinned);
        }

        public Settings withPrimary(boolean isPrimary) {
            return new Settings(desired, alias, isPrimary, pinned);
        }

        public Settings withPinned(boolean isPinned) {
            return new Settings(desired, alias, primary, isPinned);
        }
    }

    /**
     * @param current  version the {@code current} link is to point to; empty while the first install is under way
     * @param previous version a rollback returns to
     */
    public record Versions(Optional<String> current, Optional<String> previous) {}

    /**
     * @param generation of the launch that counts: the module's own, not one beside it
     * @param intended   the launch of this generation was intended and its end has not been recorded
     * @param restarts   restarts after failures since the module was installed
     * @param launched   greatest generation there ever was, also beside the module's own; grows durably before each launch
     */
    public record Launches(long generation, boolean intended, long restarts, long launched) {
        public Launches {
            launched = Math.max(launched, generation);
        }
    }

    public Desired desired() {
        return settings.desired();
    }

    public InstanceRecord with(Settings changed) {
        return new InstanceRecord(id, changed, versions, launches, revision, installedAt);
    }

    public InstanceRecord with(Versions changed) {
        return new InstanceRecord(id, settings, changed, launches, revision, installedAt);
    }

    InstanceRecord with(Launches changed) {
        return new InstanceRecord(id, settings, versions, changed, revision, installedAt);
    }

    /** From now on the launch of this generation, which runs beside the module's own, is the one that counts. */
    public InstanceRecord succeededBy(long generation) {
        return with(new Launches(generation, true, launches.restarts(), launches.launched()));
    }

    /** The same under a new {@link #etag}. */
    public InstanceRecord counted() {
        return withRevision(revision + 1);
    }

    InstanceRecord withRevision(long changed) {
        return new InstanceRecord(id, settings, versions, launches, changed, installedAt);
    }

    /** Strong validator of RFC 9110, section 8.8.3. */
    public String etag() {
        return String.valueOf(revision);
    }
}
