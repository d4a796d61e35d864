package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What can be asked below one name of {@code {id}/api/}. Thread-safe. */
interface Branch {

    /**
     * Does what is asked.
     *
     * @param path what follows {@code api/} in the key, in its parts; the first one is this branch's name
     * @throws io.vyra.modulemanager.problem.ProblemException with the same types as over REST
     */
    JsonNode answer(List<String> path, Request request);
}
