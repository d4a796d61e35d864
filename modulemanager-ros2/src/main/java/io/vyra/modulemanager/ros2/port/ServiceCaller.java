package io.vyra.modulemanager.ros2.port;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Calls a service. Thread-safe. */
public interface ServiceCaller extends Declaration {

    /**
     * Calls the service, which is awaited first.
     *
     * @throws TimeoutException when there is no server or no answer in time
     * @throws io.vyra.ros2.graph.UnreadableAnswerException when the answer is none of the service's type
     * @throws io.vyra.ros2.graph.TooManyCallsException when too many calls are under way
     * @throws io.vyra.ros2.rtps.participant.ParticipantClosedException when the manager has left the graph
     * @throws io.vyra.ros2.cdr.InvalidValueException when the request is none of the service's type
     */
    Map<String, Object> call(Map<String, Object> request, Duration timeout)
            throws TimeoutException, InterruptedException;
}
