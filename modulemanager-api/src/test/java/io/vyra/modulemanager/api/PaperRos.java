package io.vyra.modulemanager.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.ros.RosBridge;
import io.vyra.modulemanager.ros.RosEcho;
import io.vyra.modulemanager.ros.RosGraph;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A graph without a network: tests say what it is and what comes over it. Enabled by a test's profile. */
@Alternative
@Singleton
public class PaperRos implements RosBridge {
    static final String STRING = "std_msgs/msg/String";

    private final BlockingQueue<RosEcho.Message> messages = new LinkedBlockingQueue<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger echoes = new AtomicInteger();
    private volatile boolean connected = true;
    private volatile Optional<ProblemException> refusal = Optional.empty();
    private volatile UnaryOperator<ObjectNode> service = UnaryOperator.identity();

    void reset() {
        messages.clear();
        dropped.set(0);
        connected = true;
        refusal = Optional.empty();
        service = UnaryOperator.identity();
    }

    void disconnect() {
        connected = false;
    }

    void refuse(ProblemException problem) {
        refusal = Optional.of(problem);
    }

    void serve(UnaryOperator<ObjectNode> answer) {
        service = answer;
    }

    void say(String text) {
        messages.add(new RosEcho.Message(FakeModuleManager.NOW, object().put("data", text)));
    }

    void drop(long count) {
        dropped.addAndGet(count);
    }

    int echoes() {
        return echoes.get();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Status status() {
        return new Status(
                true,
                connected,
                FakeModuleManager.NOW,
                connected ? "" : "no port is free",
                7,
                "localhost",
                List.of("10.0.0.2"),
                connected ? Optional.of("/v2_modulemanager/modulemanager") : Optional.empty(),
                new Counters(echoes.get(), 2, 3, 4, 5, 6, 7));
    }

    @Override
    public RosGraph graph() {
        RosGraph.Endpoint talker = new RosGraph.Endpoint("/talker", STRING, "reliable", "transient_local");
        RosGraph.Endpoint listener = new RosGraph.Endpoint("", STRING, "best_effort", "volatile");
        return new RosGraph(
                List.of(new RosGraph.Node("/talker", "Cyclone DDS", false, Optional.of("v2_hidden"))),
                List.of(new RosGraph.Topic("/chatter", List.of(STRING), List.of(talker), List.of(listener))),
                List.of(new RosGraph.Service("/reset", List.of("std_srvs/srv/Trigger"), List.of("/talker"), List.of())),
                List.of(new RosGraph.Conflict(
                        "/chatter",
                        STRING,
                        new RosGraph.End("/talker", "01.10"),
                        new RosGraph.End("", "01.0f"),
                        List.of(new RosGraph.Difference("deadline", "infinite", "100.0 ms")))),
                1);
    }

    @Override
    public RosEcho echo(String topic, Optional<String> type) {
        requireAllowed();
        echoes.incrementAndGet();
        return new RosEcho() {
            @Override
            public String type() {
                return type.orElse(STRING);
            }

            @Override
            public Optional<Message> next(Duration patience) throws InterruptedException {
                return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
            }

            @Override
            public long takeDropped() {
                return dropped.getAndSet(0);
            }

            @Override
            public void close() {
                echoes.decrementAndGet();
            }
        };
    }

    @Override
    public Published publish(String topic, Optional<String> type, ObjectNode message) {
        requireAllowed();
        return new Published(topic, type.orElse(STRING), message.size());
    }

    @Override
    public Answer call(String name, Optional<String> type, ObjectNode request, Duration timeout) {
        requireAllowed();
        return new Answer(
                name, type.orElse("std_srvs/srv/Trigger"), service.apply(request.put("timeout", timeout.toSeconds())));
    }

    @Override
    public Optional<ObjectNode> askNodes(ModuleId module, String function, ObjectNode arguments, Duration timeout) {
        return Optional.empty();
    }

    private void requireAllowed() {
        refusal.ifPresent(problem -> {
            throw problem;
        });
    }
}
