package io.vyra.modulemanager.bus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import java.time.Duration;

/** The way to the functions of running modules. Thread-safe. */
public interface ModuleBus {

    /**
     * Has a module do a function, and waits for its answer.
     *
     * @param function one or more segments of letters, digits and {@code _}, separated by {@code /}
     * @param arguments what it is given; may be empty
     * @param timeout how long to wait, more than 0
     * @throws io.vyra.modulemanager.problem.ProblemException {@code TIMED_OUT} when nothing comes, {@code MODULE_ANSWERED_WITH_ERROR}
     *     when the module refuses or its answer is no JSON object, {@code BUS_UNAVAILABLE} when there is no connection
     */
    ObjectNode call(ModuleId module, String function, ObjectNode arguments, Duration timeout);
}
