package io.vyra.modulemanager.ros2.port;

import java.util.Map;

/** Publishes messages on a topic. Thread-safe. */
public interface TopicPublisher extends Declaration {

    /** @throws io.vyra.ros2.cdr.InvalidValueException when the message is none of the topic's type */
    void publish(Map<String, Object> message);

    /** How many subscriptions receive what is published. */
    int subscriptions();
}
