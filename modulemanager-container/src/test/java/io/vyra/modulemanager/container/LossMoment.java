package io.vyra.modulemanager.container;

import static io.vyra.modulemanager.container.LossTrigger.at;
import static io.vyra.modulemanager.container.LossTrigger.undoing;

import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.LossTrigger.Cut;
import io.vyra.modulemanager.operation.Operation.Status;
import java.util.List;
import java.util.Optional;

/** A moment of an operation at which the engine is killed, and where everything is once the engine is back. */
enum LossMoment {
    /** Nothing was installed yet, so nothing is; whoever asked for it asks again. */
    INSTALL_LOADING(Given.NOTHING, LossAct.INSTALL, at("load"), End.gone(Status.ROLLED_BACK)),
    INSTALL_CREATING(Given.NOTHING, LossAct.INSTALL, at("create"), End.running(Status.FAILED, "1.0.0")),
    INSTALL_STARTING(Given.NOTHING, LossAct.INSTALL, at("start"), End.running(Status.FAILED, "1.0.0")),
    UPLOAD_LOADING(Given.NOTHING, LossAct.UPLOAD, at("load"), End.gone(Status.ROLLED_BACK)),
    UPDATE_LOADING(Given.RUNNING, LossAct.UPDATE, at("load"), End.running(Status.ROLLED_BACK, "1.0.0")),
    UPDATE_STOPPING(Given.RUNNING, LossAct.UPDATE, at("signal"), End.running(Status.SUCCEEDED, "1.1.0")),
    UPDATE_REMOVING(Given.RUNNING, LossAct.UPDATE, at("remove"), End.running(Status.ROLLED_BACK, "1.0.0")),
    UPDATE_CREATING(Given.RUNNING, LossAct.UPDATE, at("create"), End.running(Status.ROLLED_BACK, "1.0.0")),
    UPDATE_STARTING(Given.RUNNING, LossAct.UPDATE, at("start"), End.running(Status.ROLLED_BACK, "1.0.0")),
    UPDATE_ON_TRIAL(Given.RUNNING, LossAct.UPDATE, new LossTrigger.OnTrial(), End.running(Status.SUCCEEDED, "1.1.0")),
    UNDO_CREATING(Given.RUNNING, LossAct.BROKEN_UPDATE, undoing("create"), End.running(Status.ROLLED_BACK, "1.0.0")),
    UNDO_STARTING(Given.RUNNING, LossAct.BROKEN_UPDATE, undoing("start"), End.running(Status.ROLLED_BACK, "1.0.0")),
    BESIDE_CREATING(Given.PERMITTING, LossAct.UPDATE, at("create"), End.running(Status.ROLLED_BACK, "1.0.0")),
    BESIDE_STARTING(Given.PERMITTING, LossAct.UPDATE, at("start"), End.running(Status.ROLLED_BACK, "1.0.0")),
    BESIDE_ON_TRIAL(
            Given.PERMITTING, LossAct.UPDATE, new LossTrigger.OnTrial(), End.running(Status.SUCCEEDED, "1.1.0")),
    HANDOVER_STOPPING(Given.PERMITTING, LossAct.UPDATE, at("signal"), End.running(Status.SUCCEEDED, "1.1.0")),
    HANDOVER_REMOVING(Given.PERMITTING, LossAct.UPDATE, at("remove"), End.running(Status.SUCCEEDED, "1.1.0")),
    BESIDE_UNDO_STOPPING(
            Given.PERMITTING, LossAct.BROKEN_UPDATE, undoing("signal"), End.running(Status.ROLLED_BACK, "1.0.0")),
    BESIDE_UNDO_REMOVING(
            Given.PERMITTING, LossAct.BROKEN_UPDATE, undoing("remove"), End.running(Status.ROLLED_BACK, "1.0.0")),
    /** Somebody had deleted the image of the version before. */
    ROLLBACK_LOADING(Given.WITHOUT_IMAGE, LossAct.ROLLBACK, at("load"), End.running(Status.FAILED, "1.1.0")),
    ROLLBACK_STOPPING(Given.UPDATED, LossAct.ROLLBACK, at("signal"), End.running(Status.SUCCEEDED, "1.0.0")),
    ROLLBACK_REMOVING(Given.UPDATED, LossAct.ROLLBACK, at("remove"), End.running(Status.ROLLED_BACK, "1.1.0")),
    ROLLBACK_CREATING(Given.UPDATED, LossAct.ROLLBACK, at("create"), End.running(Status.ROLLED_BACK, "1.1.0")),
    ROLLBACK_STARTING(Given.UPDATED, LossAct.ROLLBACK, at("start"), End.running(Status.ROLLED_BACK, "1.1.0")),
    ROLLBACK_ON_TRIAL(
            Given.UPDATED, LossAct.ROLLBACK, new LossTrigger.OnTrial(), End.running(Status.SUCCEEDED, "1.0.0")),
    /** The first step fails, so nothing is taken back. */
    ROLLBACK_BESIDE_STARTING(
            Given.UPDATED_PERMITTING, LossAct.ROLLBACK, at("start"), End.running(Status.FAILED, "1.1.0")),
    ROLLBACK_HANDOVER_STOPPING(
            Given.UPDATED_PERMITTING, LossAct.ROLLBACK, at("signal"), End.running(Status.SUCCEEDED, "1.0.0")),
    CANCEL_STOPPING(Given.RUNNING, LossAct.CANCELLED_UPDATE, undoing("signal"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_REMOVING(Given.RUNNING, LossAct.CANCELLED_UPDATE, undoing("remove"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_CREATING(Given.RUNNING, LossAct.CANCELLED_UPDATE, undoing("create"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_STARTING(Given.RUNNING, LossAct.CANCELLED_UPDATE, undoing("start"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_BESIDE_STOPPING(
            Given.PERMITTING, LossAct.CANCELLED_UPDATE, undoing("signal"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_BESIDE_REMOVING(
            Given.PERMITTING, LossAct.CANCELLED_UPDATE, undoing("remove"), End.running(Status.CANCELLED, "1.0.0")),
    REMOVE_STOPPING(Given.RUNNING, LossAct.REMOVE, at("signal"), End.gone(Status.SUCCEEDED)),
    REMOVE_DELETING(Given.RUNNING, LossAct.REMOVE, at("remove"), End.gone(Status.SUCCEEDED)),
    REMOVE_DELETING_IMAGE(Given.RUNNING, LossAct.REMOVE, at("removeImage"), End.gone(Status.SUCCEEDED)),
    START_CREATING(Given.STOPPED, LossAct.START, at("create"), End.running(Status.FAILED, "1.0.0")),
    START_STARTING(Given.STOPPED, LossAct.START, at("start"), End.running(Status.FAILED, "1.0.0")),
    STOP_STOPPING(Given.RUNNING, LossAct.STOP, at("signal"), End.in(Status.SUCCEEDED, Phase.STOPPED)),
    STOP_REMOVING(Given.RUNNING, LossAct.STOP, at("remove"), End.in(Status.SUCCEEDED, Phase.STOPPED)),
    RESTART_STOPPING(Given.RUNNING, LossAct.RESTART, at("signal"), End.running(Status.SUCCEEDED, "1.0.0")),
    RESTART_REMOVING(Given.RUNNING, LossAct.RESTART, at("remove"), End.running(Status.FAILED, "1.0.0")),
    RESTART_CREATING(Given.RUNNING, LossAct.RESTART, at("create"), End.running(Status.FAILED, "1.0.0")),
    RESTART_STARTING(Given.RUNNING, LossAct.RESTART, at("start"), End.running(Status.FAILED, "1.0.0")),
    SUSPEND_PAUSING(Given.RUNNING, LossAct.SUSPEND, at("pause"), End.in(Status.SUCCEEDED, Phase.SUSPENDED)),
    RESUME_UNPAUSING(Given.SUSPENDED, LossAct.RESUME, at("unpause"), End.running(Status.SUCCEEDED, "1.0.0")),
    /** Asks an engine for nothing, so it is away from the beginning. */
    CONFIGURE(Given.RUNNING, LossAct.CONFIGURE, new LossTrigger.Nothing(), End.running(Status.SUCCEEDED, "1.0.0")),
    /** Cancelled while the engine is away. */
    CANCEL_WITHOUT_ENGINE(
            Given.RUNNING,
            LossAct.LATER_CANCELLED_UPDATE,
            new LossTrigger.OnTrial(),
            End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_BESIDE_WITHOUT_ENGINE(
            Given.PERMITTING,
            LossAct.LATER_CANCELLED_UPDATE,
            new LossTrigger.OnTrial(),
            End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_STOP_WITHOUT_ENGINE(
            Given.RUNNING, LossAct.LATER_CANCELLED_STOP, at("signal"), End.running(Status.CANCELLED, "1.0.0")),
    CANCEL_REMOVE_WITHOUT_ENGINE(
            Given.RUNNING, LossAct.LATER_CANCELLED_REMOVE, at("signal"), End.running(Status.CANCELLED, "1.0.0"));

    /** Where the module is before. */
    enum Given {
        NOTHING,
        RUNNING,
        /** Running, and its versions may be beside each other. */
        PERMITTING,
        UPDATED,
        UPDATED_PERMITTING,
        /** Updated, and the engine has lost the image of the version before. */
        WITHOUT_IMAGE,
        STOPPED,
        SUSPENDED;

        boolean startsFirst() {
            return this == PERMITTING || this == UPDATED_PERMITTING;
        }
    }

    /**
     * @param status how the operation ends
     * @param phase  where the module ends up; empty: it is not installed
     */
    record End(Status status, Optional<Phase> phase, String version) {
        static End gone(Status status) {
            return new End(status, Optional.empty(), "");
        }

        static End running(Status status, String version) {
            return new End(status, Optional.of(Phase.RUNNING), version);
        }

        static End in(Status status, Phase phase) {
            return new End(status, Optional.of(phase), "1.0.0");
        }
    }

    private final Given given;
    private final LossAct act;
    private final LossTrigger trigger;
    private final End end;

    LossMoment(Given given, LossAct act, LossTrigger trigger, End end) {
        this.given = given;
        this.act = act;
        this.trigger = trigger;
        this.end = end;
    }

    Given given() {
        return given;
    }

    LossAct act() {
        return act;
    }

    LossTrigger trigger() {
        return trigger;
    }

    End end() {
        return end;
    }

    /** Where no command is given, nothing is cut off. */
    List<Cut> cuts() {
        return switch (trigger) {
            case LossTrigger.Command(String name, boolean _) when name.equals("load") -> List.of(Cut.values());
            case LossTrigger.Command _ -> List.of(Cut.BEFORE_OBEYING, Cut.AFTER_OBEYING);
            case LossTrigger.OnTrial _, LossTrigger.Nothing _ -> List.of(Cut.BEFORE_OBEYING);
        };
    }
}
