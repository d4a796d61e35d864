package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.instance.InstanceRecord;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.Operation.Kind;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.supervision.ModuleSupervisor;
import java.util.Locale;

/**
 * Makes a desired state durable and waits until it is reached.
 *
 * <p>A module that fails to get there keeps its desired state: the supervision goes on trying. Only a cancelled operation puts the
 * earlier desired state back; one that is superseded leaves it to the newer one.
 */
record DriveStep(ModuleId module, Kind kind, Desired desired, boolean restart, SagaParts parts) implements Step {
    private static final String DESIRED_BEFORE = "desired-before";
    private static final String GENERATION_BEFORE = "generation-before";

    @Override
    public String id() {
        return kind.wire();
    }

    @Override
    public String title() {
        String verb = switch (kind) {
            case START -> "Starting";
            case STOP -> "Stopping";
            case RESTART -> "Restarting";
            case SUSPEND -> "Suspending";
            case RESUME -> "Resuming";
            case INSTALL, UPDATE, ROLLBACK, REMOVE, CONFIGURE -> "Configuring";
        };
        return verb + " " + module.name();
    }

    @Override
    public void perform(StepContext context) {
        InstanceRecord before = parts.registry().require(module);
        if (context.recall(DESIRED_BEFORE).isEmpty()) {
            context.remember(DESIRED_BEFORE, before.desired().wire());
            if (restart) {
                context.remember(
                        GENERATION_BEFORE, Long.toString(before.launches().generation()));
            }
        }
        ModuleSupervisor supervisor = parts.supervision().require(module);
        String cause = kind.wire() + " by " + context.createdBy();
        if (kind == Kind.CONFIGURE) {
            // What is desired may have changed since this was asked for, and changed settings need no waiting.
            supervisor.desiredChanged(cause);
            return;
        }
        want(desired);
        if (restart && isOldGeneration(context)) {
            supervisor.restart(cause);
        } else {
            supervisor.desiredChanged(cause);
        }
        new Settling(module, parts).await(context);
    }

    private boolean isOldGeneration(StepContext context) {
        String generation =
                Long.toString(parts.registry().require(module).launches().generation());
        return context.recall(GENERATION_BEFORE).filter(generation::equals).isPresent();
    }

    private void want(Desired wanted) {
        parts.registry().update(module, record -> record.with(record.settings().withDesired(wanted)));
    }

    @Override
    public void undo(StepContext context) {
        if (context.isCancelled()) {
            context.recall(DESIRED_BEFORE)
                    .map(wire -> Desired.valueOf(wire.toUpperCase(Locale.ROOT)))
                    .ifPresent(this::want);
            parts.supervision()
                    .find(module)
                    .ifPresent(supervisor -> supervisor.desiredChanged(kind.wire() + " was cancelled"));
        }
    }
}
