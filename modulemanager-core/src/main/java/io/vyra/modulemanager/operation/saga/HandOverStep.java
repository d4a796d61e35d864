package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;
import io.vyra.modulemanager.supervision.HandOver;

/**
 * The new version, which has proved itself beside the old one and is on record by now, becomes the one that is supervised; then the old one is
 * stopped. Undone by {@link BesideStep}.
 */
record HandOverStep(Subject subject, SagaParts parts) implements Step {
    @Override
    public String id() {
        return "handover:" + subject.id().name();
    }

    @Override
    public String title() {
        return "Stopping " + subject.id().name() + " " + subject.from().orElseThrow() + ", for which "
                + subject.version() + " stands in";
    }

    @Override
    public void perform(StepContext context) {
        HandOver handOver = parts.supervision().handOver();
        Insisting insisting = new Insisting(parts);
        insisting.on(
                () -> parts.supervision()
                        .require(subject.id())
                        .followRecord(subject.version() + " took over from "
                                + subject.from().orElseThrow()),
                context);
        new Settling(subject.id(), parts).await(context);
        // Until here an undo goes back to the old version as it runs.
        context.remember(endingKey(subject), "true");
        insisting.on(
                () -> handOver.endOthers(
                        subject.id(),
                        subject.manifestBefore(parts).process().orElseThrow().stop()),
                context);
        handOver.settle(subject.id());
    }

    /** Of what the operation remembers: that the old version was, or is about to be, told to end. */
    static String endingKey(Subject subject) {
        return "ending:" + subject.id();
    }
}
