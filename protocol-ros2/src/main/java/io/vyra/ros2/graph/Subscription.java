package io.vyra.ros2.graph;

import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.rtps.message.Guid;
import io.vyra.ros2.rtps.participant.DataReader;
import io.vyra.ros2.wire.MalformedDataException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Receives the messages of a topic. Its callback may block: messages beyond the depth, or with keep-all beyond the resource limits, are lost meanwhile, oldest first, and counted. */
public final class Subscription implements AutoCloseable {
    private final RosNode node;
    private final String topic;
    private final MessageType type;
    private final SerialQueue<Received> queue;
    private final AtomicLong malformed = new AtomicLong();
    private DataReader reader;

    /**
     * A message and whose it is.
     *
     * @param publisher global id of the publisher
     */
    public record Message(Guid publisher, Map<String, Object> value) {}

    private record Received(Guid publisher, byte[] payload) {}

    Subscription(RosNode node, String topic, MessageType type, int depth, Consumer<Message> callback) {
        this.node = node;
        this.topic = topic;
        this.type = type;
        this.queue = new SerialQueue<>(topic, depth, received -> decode(received, callback));
    }

    void bind(DataReader newReader) {
        reader = newReader;
    }

    void received(Guid publisher, byte[] payload) {
        queue.add(new Received(publisher, payload));
    }

    private void decode(Received received, Consumer<Message> callback) {
        Map<String, Object> value;
        try {
            value = MessageCodec.read(type, received.payload());
        } catch (MalformedDataException e) {
            malformed.incrementAndGet();
            return;
        }
        callback.accept(new Message(received.publisher(), value));
    }

    /** The full name of the topic. */
    public String topic() {
        return topic;
    }

    public MessageType type() {
        return type;
    }

    DataReader reader() {
        return reader;
    }

    /** How many publishers there are. */
    public int publishers() {
        return reader.matched();
    }

    /** How many messages were lost because the callback was slow. */
    public long dropped() {
        return queue.dropped();
    }

    /** How many messages could not be read. */
    public long malformed() {
        return malformed.get();
    }

    @Override
    public void close() {
        queue.close();
        node.remove(this);
    }
}
