package io.vyra.modulemanager.container;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.util.Optional;

/** A command of an operation at which the engine is killed, and where everything is once the engine is back. */
enum LossMoment {
    /** Nothing was installed yet, so nothing is; whoever asked for it asks again. */
    INSTALL_LOADING(Start.NOTHING, "load", Status.ROLLED_BACK, Optional.empty(), ""),
    INSTALL_CREATING(Start.NOTHING, "create", Status.FAILED, Optional.of(Phase.RUNNING), "1.0.0"),
    INSTALL_STARTING(Start.NOTHING, "start", Status.FAILED, Optional.of(Phase.RUNNING), "1.0.0"),
    UPDATE_LOADING(Start.RUNNING, "load", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.0.0"),
    UPDATE_STOPPING(Start.RUNNING, "signal", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.1.0"),
    UPDATE_CREATING(Start.RUNNING, "create", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.0.0"),
    UPDATE_STARTING(Start.RUNNING, "start", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.0.0"),
    BESIDE_CREATING(Start.PERMITTING, "create", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.0.0"),
    BESIDE_STARTING(Start.PERMITTING, "start", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.0.0"),
    HANDOVER_STOPPING(Start.PERMITTING, "signal", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.1.0"),
    HANDOVER_REMOVING(Start.PERMITTING, "remove", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.1.0"),
    ROLLBACK_STOPPING(Start.UPDATED, "signal", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.0.0"),
    ROLLBACK_STARTING(Start.UPDATED, "start", Status.ROLLED_BACK, Optional.of(Phase.RUNNING), "1.1.0"),
    REMOVE_STOPPING(Start.RUNNING, "signal", Status.SUCCEEDED, Optional.empty(), ""),
    REMOVE_DELETING(Start.RUNNING, "remove", Status.SUCCEEDED, Optional.empty(), ""),
    START_CREATING(Start.STOPPED, "create", Status.FAILED, Optional.of(Phase.RUNNING), "1.0.0"),
    START_STARTING(Start.STOPPED, "start", Status.FAILED, Optional.of(Phase.RUNNING), "1.0.0"),
    STOP_STOPPING(Start.RUNNING, "signal", Status.SUCCEEDED, Optional.of(Phase.STOPPED), "1.0.0"),
    RESTART_STOPPING(Start.RUNNING, "signal", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.0.0"),
    RESTART_STARTING(Start.RUNNING, "start", Status.FAILED, Optional.of(Phase.RUNNING), "1.0.0"),
    SUSPEND_PAUSING(Start.RUNNING, "pause", Status.SUCCEEDED, Optional.of(Phase.SUSPENDED), "1.0.0"),
    RESUME_UNPAUSING(Start.SUSPENDED, "unpause", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.0.0"),
    /** Asks an engine for nothing, so it is away from the beginning. */
    CONFIGURE(Start.RUNNING, "", Status.SUCCEEDED, Optional.of(Phase.RUNNING), "1.0.0");

    static final String NAME = "subject";

    /** Where the module is before. */
    enum Start {
        NOTHING,
        RUNNING,
        /** Running, and its versions may be beside each other. */
        PERMITTING,
        UPDATED,
        STOPPED,
        SUSPENDED
    }

    private final Start start;
    private final String command;
    private final Status ending;
    private final Optional<Phase> phase;
    private final String version;

    /**
     * @param command empty: none, the engine goes before the operation begins
     * @param ending  how the operation ends
     * @param phase   where the module ends up; empty: it is not installed
     */
    LossMoment(Start start, String command, Status ending, Optional<Phase> phase, String version) {
        this.start = start;
        this.command = command;
        this.ending = ending;
        this.phase = phase;
        this.version = version;
    }

    String command() {
        return command;
    }

    Status ending() {
        return ending;
    }

    Optional<Phase> phase() {
        return phase;
    }

    String version() {
        return version;
    }

    boolean startsFirst() {
        return start == Start.PERMITTING;
    }

    void prepare(TestManager manager) {
        if (start == Start.NOTHING) {
            return;
        }
        ModuleView module = manager.install(NAME, "1.0.0");
        switch (start) {
            case UPDATED -> manager.update(module, "1.1.0");
            case STOPPED -> manager.command(module, Command.STOP);
            case SUSPENDED -> manager.command(module, Command.SUSPEND);
            case NOTHING, RUNNING, PERMITTING -> {
                // There already.
            }
        }
    }

    Operation begin(TestManager manager) {
        return switch (this) {
            case INSTALL_LOADING, INSTALL_CREATING, INSTALL_STARTING -> manager.beginInstall(NAME, "1.0.0");
            case UPDATE_LOADING,
                    UPDATE_STOPPING,
                    UPDATE_CREATING,
                    UPDATE_STARTING,
                    BESIDE_CREATING,
                    BESIDE_STARTING,
                    HANDOVER_STOPPING,
                    HANDOVER_REMOVING -> manager.beginUpdate(module(manager), "1.1.0");
            case ROLLBACK_STOPPING, ROLLBACK_STARTING -> manager.begin(module(manager), Command.ROLLBACK);
            case REMOVE_STOPPING, REMOVE_DELETING -> manager.beginRemove(module(manager));
            case START_CREATING, START_STARTING -> manager.begin(module(manager), Command.START);
            case STOP_STOPPING -> manager.begin(module(manager), Command.STOP);
            case RESTART_STOPPING, RESTART_STARTING -> manager.begin(module(manager), Command.RESTART);
            case SUSPEND_PAUSING -> manager.begin(module(manager), Command.SUSPEND);
            case RESUME_UNPAUSING -> manager.begin(module(manager), Command.RESUME);
            case CONFIGURE ->
                manager.modules()
                        .change(
                                module(manager).id(),
                                new ModuleChange(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("subject-one"),
                                        Optional.empty(),
                                        Optional.empty()),
                                "*",
                                CommandContext.of(TestManager.CALLER));
        };
    }

    static ModuleView module(TestManager manager) {
        return manager.modules().module(NAME, TestManager.CALLER);
    }
}
