package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.ros2.port.TopicPublisher;
import java.util.Map;
import java.util.function.Consumer;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.node.Node;
import org.ros2.rcljava.publisher.Publisher;

/** Publishes by rcljava, by whichever thread asks: no executor waits on a publisher. */
final class RclJavaPublisher implements TopicPublisher {
    private final String topic;
    private final Node node;
    private final Publisher<MessageDefinition> publisher;
    private final GeneratedMessages messages;
    private final SpinThread thread;
    private final Consumer<RclJavaPublisher> closing;
    private boolean isClosed;

    /**
     * @param topic   full name
     * @param closing hears when it is closed
     */
    RclJavaPublisher(
            String topic,
            Node node,
            Publisher<MessageDefinition> publisher,
            GeneratedMessages messages,
            SpinThread thread,
            Consumer<RclJavaPublisher> closing) {
        this.topic = topic;
        this.node = node;
        this.publisher = publisher;
        this.messages = messages;
        this.thread = thread;
        this.closing = closing;
    }

    @Override
    public void publish(Map<String, Object> message) {
        MessageDefinition made = messages.toObject(message);
        synchronized (this) {
            if (!isClosed) {
                publisher.publish(made);
            }
        }
    }

    /** Those in the graph, whether or not their quality of service matches: rcljava does not tell more. */
    @Override
    public int subscriptions() {
        return thread.call(() -> node.getSubscriptionsInfo(topic).size());
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            thread.later(publisher::dispose);
            closing.accept(this);
        }
    }
}
