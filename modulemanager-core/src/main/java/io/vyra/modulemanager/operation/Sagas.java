package io.vyra.modulemanager.operation;

import java.util.List;

/** Turns a request into its steps; the same request always gives the same steps. */
@FunctionalInterface
public interface Sagas {
    List<Step> stepsOf(Operation.Kind kind, OperationRequest request);
}
