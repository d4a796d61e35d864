package io.vyra.modulemanager.zenoh.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import java.time.Duration;

/** A question to a function of a module, and its first answer. Thread-safe, blocking. */
@FunctionalInterface
public interface ModuleQuestions {

    /**
     * @param below what follows the module's id in the key, for example {@code get_state}
     * @param timeout more than 0
     * @throws IllegalArgumentException when {@code below} is not what a key can have there
     */
    Answer ask(ModuleId module, String below, ObjectNode arguments, Duration timeout);
}
