package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.operation.ChosenOrder;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.supervision.InstanceState.Running;
import io.vyra.modulemanager.supervision.Trial;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Chooses what comes first. Where it is the new version, that is started beside the old one and must run healthily for the probation time;
 * nothing else has changed until then. A trial that a crash interrupted begins anew.
 */
record BesideStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "beside:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Trying " + subject.label() + " beside " + subject.from().orElseThrow() + " for "
                + parts.probation().toSeconds() + " s";
    }

    @Override
    public void perform(StepContext context) {
        // Of an earlier run, which a crash ended. What it found out may no longer be so.
        parts.supervision().handOver().settle(subject.id());
        Optional<String> obstacle = obstacle(context);
        UpdateOrder order = obstacle.isPresent() ? UpdateOrder.STOP_FIRST : UpdateOrder.START_FIRST;
        context.remember(ChosenOrder.key(subject.id().toString()), order.wire());
        if (obstacle.isPresent()) {
            context.progress(100, "not tried, the old version is stopped first: " + obstacle.get());
            return;
        }
        long generation = parts.registry().intendLaunchBeside(subject.id());
        context.remember(generationKey(subject), Long.toString(generation));
        try (Trial trial = begin(generation)) {
            stand(trial, context);
        }
    }

    private Optional<String> obstacle(StepContext context) {
        boolean isWanted = parts.registry().require(subject.id()).desired() == Desired.RUNNING;
        if (isWanted) {
            // After a start of the manager it is found running only in a moment.
            new Settling(subject.id(), parts).awaitBestEffort(context);
        }
        return isWanted && parts.supervision().require(subject.id()).state() instanceof Running
                ? parts.orders().obstacle(subject.manifestBefore(parts), subject.manifest(parts))
                : Optional.of("it does not run, so nothing is interrupted");
    }

    private Trial begin(long generation) {
        try {
            return parts.supervision().handOver().begin(subject.id(), subject.version(), generation);
        } catch (ProblemException e) {
            throw notLasted("did not start: " + e.problem().clause(), e);
        }
    }

    private void stand(Trial trial, StepContext context) {
        context.await(CompletableFuture.anyOf(trial.works(), trial.failure()));
        if (trial.works().isDone()) {
            context.progress(50, "both versions run; the first probe of the new one has passed");
        }
        new Watching(parts.timers(), parts.probation())
                .through(trial.failure(), trial::obstacle, context)
                .ifPresent(why -> {
                    throw notLasted("did not prove itself: " + why, null);
                });
    }

    private ProblemException notLasted(String why, ProblemException cause) {
        return new ProblemException(
                ProblemType.UPDATE_ROLLED_BACK,
                subject.label() + " " + why
                        + ". The version before it was not stopped. What both wrote into their storage stays as it is.",
                cause);
    }

    /** The last part of an undo: what is on record is the old version again. */
    @Override
    public void undo(StepContext context) {
        if (InOrder.isChosen(UpdateOrder.START_FIRST, subject, context)) {
            new TakingBack(subject, parts).perform(context);
        }
    }

    /** Of what the operation remembers: the launch of the new version. */
    static String generationKey(Subject subject) {
        return "beside:" + subject.id();
    }
}
