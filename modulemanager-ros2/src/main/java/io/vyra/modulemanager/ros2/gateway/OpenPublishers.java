package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.TopicPublisher;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Publishers that were used lately: a new one for each message would be unknown to everybody when it publishes. Thread-safe. */
final class OpenPublishers {
    private static final int MOST = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 10;

    private final Map<Key, TopicPublisher> open = new LinkedHashMap<>(MOST, 0.75f, true);
    private final Set<TopicPublisher> awaited = new HashSet<>();

    private record Key(String topic, TypeName type, Qos qos) {}

    synchronized TopicPublisher open(RosPort port, String topic, TypeName type, Qos qos) {
        Key key = new Key(topic, type, qos);
        TopicPublisher known = open.get(key);
        if (known != null) {
            return known;
        }
        if (open.size() >= MOST) {
            Key eldest = open.keySet().iterator().next();
            TopicPublisher closing = open.remove(eldest);
            awaited.remove(closing);
            closing.close();
        }
        TopicPublisher made = port.publish(topic, type, qos);
        open.put(key, made);
        return made;
    }

    /**
     * Waits until the subscriptions in the graph know the publisher, but not for long, and once only: one of another quality never will.
     */
    void awaitSubscriptions(TopicPublisher publisher, int expected) {
        if (!isNew(publisher)) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (publisher.subscriptions() < expected && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isNew(TopicPublisher publisher) {
        return awaited.add(publisher);
    }

    /** Their port ends, and ends them. */
    synchronized void clear() {
        open.clear();
        awaited.clear();
    }
}
