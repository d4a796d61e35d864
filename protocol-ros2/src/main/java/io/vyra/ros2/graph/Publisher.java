package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.rtps.participant.DataWriter;
import java.util.Map;

/** Publishes messages on a topic. Thread-safe. */
public final class Publisher implements AutoCloseable {
    private final RosNode node;
    private final String topic;
    private final MessageType type;
    private final DataWriter writer;

    Publisher(RosNode node, String topic, MessageType type, DataWriter writer) {
        this.node = node;
        this.topic = topic;
        this.type = type;
        this.writer = writer;
    }

    /** The full name of the topic. */
    public String topic() {
        return topic;
    }

    public MessageType type() {
        return type;
    }

    DataWriter writer() {
        return writer;
    }

    /**
     * Publishes a message. What it leaves out has its default.
     *
     * @return whether there was room for it, which only keep-all ever lacks
     * @throws io.vyra.ros2.cdr.InvalidValueException when the message is none of the topic's type
     */
    public boolean publish(Map<?, ?> message) {
        return writer.write(MessageCodec.write(type, message)) > 0;
    }

    /** How many subscriptions there are. */
    public int subscriptions() {
        return writer.matched();
    }

    @Override
    public void close() {
        node.remove(this);
    }
}
