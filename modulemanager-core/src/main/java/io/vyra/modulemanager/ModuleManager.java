package io.vyra.modulemanager;

import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What may be asked of the modules of this robot, whatever face asks.
 *
 * <p>Thread-safe. Commands return once they are durable, not once they are done: the {@link Operation} tells how far they are.
 * Every failure is a {@link io.vyra.modulemanager.problem.ProblemException}; a failed call changed nothing.
 */
public interface ModuleManager {

    /** The manager's own identity, {@code v2_modulemanager_{uuid}} where nothing else is configured; the uuid never changes. */
    ModuleId self();

    /** Installed modules the caller may see, ordered by id. */
    List<ModuleView> modules(Caller caller);

    /**
     * One module.
     *
     * @param reference full id, alias, or a name that only one instance has
     */
    ModuleView module(String reference, Caller caller);

    /** Modules that a module may read with its own token: itself and those its manifest names. */
    Set<ModuleId> readableBy(ModuleId module);

    /** Why the module is in its present state, and what would change that. */
    Explanation explain(String reference, Caller caller);

    /** Use of resources and availability. */
    ModuleStats stats(String reference, Caller caller);

    /** Transitions, newest first, at most {@code limit}. */
    List<TransitionView> history(String reference, int limit, Caller caller);

    /** Versions kept on disk and why. */
    List<KeptVersion> versions(String reference, Caller caller);

    /** What installing this would do. Changes nothing. */
    Plan planInstall(InstallRequest request, Caller caller);

    /** What updating this would do. Changes nothing. */
    Plan planUpdate(String reference, Optional<String> versionRange, Caller caller);

    Operation install(InstallRequest request, CommandContext context);

    /**
     * Installs a package file. The file is taken over (moved or deleted) whatever the outcome.
     *
     * @param start whether to start it afterwards; empty: as its manifest says
     */
    Operation installFile(
            Path packageFile, Optional<String> instanceId, Optional<Boolean> start, CommandContext context);

    /** Starts, stops, suspends, …; for what needs more than a module's name see the other methods. */
    Operation command(String reference, Command command, CommandContext context);

    /** Changes what is wanted of a module; {@code ifMatch} is the {@link ModuleView#etag()} the caller saw. */
    Operation change(String reference, ModuleChange change, String ifMatch, CommandContext context);

    Operation remove(String reference, boolean keepData, CommandContext context);

    /** Operations, newest first. */
    List<Operation> operations(OperationFilter filter, Caller caller);

    Operation operation(String id, Caller caller);

    /** Asks an operation to stop and undo itself; it may still succeed when it is past the last undoable step. */
    Operation cancel(String id, Caller caller);

    /** Log lines of a module. */
    List<LogLine> logs(String reference, int tail, Caller caller);

    /**
     * Follows a module's log: first its last {@code tail} lines, then each new one. The caller must close the result; the consumer
     * must be quick.
     */
    LogFollowing followLogs(String reference, int tail, Consumer<LogLine> consumer, Caller caller);

    /** What the retention rule keeps and would delete now, over all modules. Changes nothing. */
    List<KeptVersion> retention(Caller caller);

    /** Ends when closed. */
    interface LogFollowing extends AutoCloseable {
        @Override
        void close();
    }

    enum Command {
        START,
        STOP,
        RESTART,
        SUSPEND,
        RESUME,
        ROLLBACK
    }

    /**
     * @param name         module name
     * @param versionRange which versions are wanted; empty: the newest stable one
     * @param repository   only from this repository; empty: any
     * @param instanceId   uuid of the new instance; empty: that of the package, or a random one
     * @param start        whether to start it afterwards; empty: as its manifest says
     */
    record InstallRequest(
            String name,
            Optional<String> versionRange,
            Optional<String> repository,
            Optional<String> instanceId,
            Optional<Boolean> start) {}

    /** What to change; empty parts stay as they are. An alias of {@code ""} removes the alias. */
    record ModuleChange(
            Optional<DesiredState> desiredState,
            Optional<String> desiredVersion,
            Optional<String> alias,
            Optional<Boolean> primary,
            Optional<Boolean> pinned) {}

    enum DesiredState {
        RUNNING,
        STOPPED,
        SUSPENDED
    }

    /**
     * @param idempotencyKey client's key, at most 255 visible ASCII characters; empty for none
     * @param requestHash    hash over the request that the key stands for; compared when the key is seen again
     */
    record CommandContext(Caller caller, Optional<String> idempotencyKey, String requestHash) {
        public static CommandContext of(Caller caller) {
            return new CommandContext(caller, Optional.empty(), "");
        }
    }

    record OperationFilter(Optional<String> moduleId, Optional<Operation.Status> status, int limit) {}
}
