package io.vyra.modulemanager.operation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.instance.Desired;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an operation was asked to do; stored with it, so that a restarted manager builds the very same steps again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = OperationRequest.Deploy.class, name = "deploy"),
    @JsonSubTypes.Type(value = OperationRequest.Rollback.class, name = "rollback"),
    @JsonSubTypes.Type(value = OperationRequest.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = OperationRequest.Drive.class, name = "drive")
})
public sealed interface OperationRequest {

    /** The module the operation is about. */
    String moduleId();

    /** All modules it may disturb; no other operation works on them meanwhile. */
    Set<String> moduleIds();

    /**
     * Installs or updates modules exactly as planned, dependencies first.
     *
     * @param start desired state afterwards; empty: as the manifest says for a new module, unchanged for an update
     * @param file  uploaded package of the module itself, relative to the data folder if it lies there; empty: the package is fetched
     *     from its repository
     */
    record Deploy(String moduleId, Plan plan, Optional<Boolean> start, Optional<String> file)
            implements OperationRequest {

        @Override
        public Set<String> moduleIds() {
            Set<String> ids = new TreeSet<>();
            ids.add(moduleId);
            plan.steps().forEach(module -> ids.add(module.moduleId()));
            return ids;
        }
    }

    /**
     * Returns to a version that lies on disk.
     *
     * @param mayStartFirst whether that version may be started while the present one runs
     */
    record Rollback(String moduleId, String fromVersion, String toVersion, boolean mayStartFirst)
            implements OperationRequest {
        /** One that stops the present version first. */
        public Rollback(String moduleId, String fromVersion, String toVersion) {
            this(moduleId, fromVersion, toVersion, false);
        }

        @Override
        public Set<String> moduleIds() {
            return Set.of(moduleId);
        }
    }

    record Remove(String moduleId, boolean keepData) implements OperationRequest {
        @Override
        public Set<String> moduleIds() {
            return Set.of(moduleId);
        }
    }

    /**
     * Brings a module into a desired state.
     *
     * @param restart whether a running process is ended first
     */
    record Drive(String moduleId, Desired desired, boolean restart) implements OperationRequest {
        @Override
        public Set<String> moduleIds() {
            return Set.of(moduleId);
        }
    }
}
