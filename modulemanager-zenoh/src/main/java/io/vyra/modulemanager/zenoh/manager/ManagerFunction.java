package io.vyra.modulemanager.zenoh.manager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Something that the manager does when it is asked on the bus. None of them changes anything: whoever asks may be anybody.
 *
 * @param name        what follows the manager's id in the key, with the namespace where there is one
 * @param description one sentence for people
 * @param work        arguments to answer; an {@link IllegalArgumentException} says which argument is wrong
 */
record ManagerFunction(String name, String description, UnaryOperator<ObjectNode> work) {}
