package io.vyra.modulemanager.ros2.gateway;

import io.vyra.modulemanager.ros.RosEcho;
import io.vyra.modulemanager.ros2.connection.BridgeMeter;
import io.vyra.modulemanager.ros2.port.Declaration;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.ros2.cdr.JsonForm;
import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A subscription for one reader, with room for a few messages. They become JSON when they are taken: most that a slow reader misses never do. */
final class TopicEcho implements RosEcho {
    private final MessageType type;
    private final JsonMessages json;
    private final BridgeMeter meter;
    private final InstantSource clock;
    private final EchoQueue<Received> queue = new EchoQueue<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Declaration subscription;

    private record Received(Instant at, Map<String, Object> value) {}

    TopicEcho(
            RosPort port,
            String topic,
            MessageType type,
            Qos qos,
            JsonMessages json,
            BridgeMeter meter,
            InstantSource clock) {
        this.type = type;
        this.json = json;
        this.meter = meter;
        this.clock = clock;
        this.subscription = port.subscribe(topic, type.name(), qos, this::received);
    }

    private void received(Map<String, Object> value) {
        int dropped = queue.offer(new Received(clock.instant(), value), MessageSize.of(value));
        if (dropped > 0) {
            meter.dropped(dropped);
        }
    }

    @Override
    public String type() {
        return type.name().toString();
    }

    @Override
    public Optional<Message> next(Duration patience) throws InterruptedException {
        Optional<Received> received = queue.next(patience);
        received.ifPresent(_ -> meter.echoed());
        return received.map(it -> new Message(it.at(), json.write(JsonForm.toJson(type, it.value()))));
    }

    @Override
    public long takeDropped() {
        return queue.takeDropped();
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            meter.leaveEcho();
            subscription.close();
        }
    }
}
