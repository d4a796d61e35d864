package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.module.UpdateOrder;
import io.vyra.modulemanager.operation.ChosenOrder;
import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/** A step that belongs to one of the two orders; where the operation chose the other one, it does nothing. */
record InOrder(UpdateOrder order, Subject subject, Step step) implements Step {
    @Override
    public String id() {
        return step.id();
    }

    @Override
    public String title() {
        return step.title();
    }

    @Override
    public void perform(StepContext context) {
        if (isChosen(order, subject, context)) {
            step.perform(context);
        } else {
            context.progress(
                    100,
                    "not needed: "
                            + (order == UpdateOrder.STOP_FIRST
                                    ? "the new version was started first"
                                    : "the old version was stopped first"));
        }
    }

    @Override
    public void undo(StepContext context) {
        if (isChosen(order, subject, context)) {
            step.undo(context);
        }
    }

    static boolean isChosen(UpdateOrder order, Subject subject, StepContext context) {
        return context.recall(ChosenOrder.key(subject.id().toString()))
                .filter(order.wire()::equals)
                .isPresent();
    }
}
