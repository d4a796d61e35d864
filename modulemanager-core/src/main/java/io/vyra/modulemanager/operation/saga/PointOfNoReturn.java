package io.vyra.modulemanager.operation.saga;

import io.vyra.modulemanager.operation.Step;
import io.vyra.modulemanager.operation.StepContext;

/** Does nothing but mark that everything after it can only go forward. */
record PointOfNoReturn(String id, String title) implements Step {
    @Override
    public void perform(StepContext context) {
        // That it was begun is all there is to it.
    }

    @Override
    public boolean isPointOfNoReturn() {
        return true;
    }
}
