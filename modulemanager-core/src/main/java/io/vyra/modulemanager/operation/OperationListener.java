package io.vyra.modulemanager.operation;

/** Told of every change of an operation, after it is durable where it has to be. Must be quick and must not throw. */
@FunctionalInterface
public interface OperationListener {
    void changed(Operation operation);
}
