package io.vyra.modulemanager.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What somebody changed of a module's parameters at one time.
 *
 * @param id grows with time
 * @param author who, by name
 * @param before values that were replaced, by key; a key that is only in {@code after} had none
 * @param after values that were set, by key
 */
public record ParameterChange(long id, Instant at, String author, ObjectNode before, ObjectNode after) {}
