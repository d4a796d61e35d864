package io.vyra.modulemanager.ros;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a topic carries, for one reader. Few messages wait for it, and not much of them in bytes; when more come, the oldest are dropped and
 * counted, and so is one that is too large to wait. Thread-safe.
 */
public interface RosEcho extends AutoCloseable {

    /** @param message as the JSON rules of the bridge have it */
    record Message(Instant at, ObjectNode message) {}

    /** Such as {@code std_msgs/msg/String}. */
    String type();

    /**
     * Waits for the next message.
     *
     * @return empty when none came within {@code patience}
     * @throws InterruptedException when the reader's thread is interrupted
     */
    Optional<Message> next(Duration patience) throws InterruptedException;

    /** How many messages were dropped since this was asked last. */
    long takeDropped();

    @Override
    void close();
}
