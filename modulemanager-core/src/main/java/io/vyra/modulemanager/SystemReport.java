package io.vyra.modulemanager;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tells of the manager and its machine. Who serves the REST interface knows that, and other faces show the same document. Thread-safe.
 */
@FunctionalInterface
public interface SystemReport {

    /** {@code System} of {@code openapi.yaml}, with what the caller may see. */
    ObjectNode read(Caller caller);
}
