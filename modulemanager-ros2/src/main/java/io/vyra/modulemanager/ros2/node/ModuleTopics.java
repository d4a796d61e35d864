package io.vyra.modulemanager.ros2.node;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.feed.Subscription;
import io.vyra.modulemanager.ros2.connection.BridgePart;
import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.modulemanager.ros2.port.LogLevel;
import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.TopicPublisher;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.rtps.qos.Qos;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The topics {@code module_states} (latched: who comes late gets the last message, which has all modules) and {@code module_events}, and the
 * manager's own news and errors on {@code /rosout}. What only administrators may see is on neither.
 *
 * <p>Attached and detached by one thread.
 */
final class ModuleTopics implements BridgePart {
    private static final Logger LOG = Logger.getLogger(ModuleTopics.class);
    private static final Qos STATES = Qos.DEFAULT.transientLocal().withDepth(1);
    private static final Qos EVENTS = Qos.DEFAULT.withDepth(1_000);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BATCH = 256;

    private final Commands commands;
    private final FeedHub hub;
    private final InstantSource clock;
    private Optional<Thread> thread = Optional.empty();

    ModuleTopics(Commands commands, FeedHub hub, InstantSource clock) {
        this.commands = commands;
        this.hub = hub;
        this.clock = clock;
    }

    @Override
    public void attach(RosPort port) {
        TopicPublisher states = port.publish("module_states", type("ModuleStates"), STATES);
        TopicPublisher events = port.publish("module_events", type("ModuleEvent"), EVENTS);
        Subscription subscription = hub.subscribe(_ -> true);
        thread = Optional.of(
                Thread.ofVirtual().name("ros2-topics").start(() -> run(port, states, events, subscription)));
    }

    private static TypeName type(String name) {
        return InterfacePackage.type(TypeName.Kind.MSG, name);
    }

    @Override
    public void detach() {
        thread.ifPresent(Thread::interrupt);
        thread = Optional.empty();
    }

    private void run(RosPort port, TopicPublisher states, TopicPublisher events, Subscription subscription) {
        HiddenModules hidden = new HiddenModules();
        try (subscription) {
            look(hidden, List.of());
            tellStates(states);
            while (!Thread.currentThread().isInterrupted()) {
                List<Subscription.Item> items = subscription.take(BATCH, PATIENCE);
                try {
                    tell(port, states, events, items, hidden);
                } catch (RuntimeException e) {
                    // The thread's edge: one event that cannot be told must not silence the next.
                    LOG.errorf(e, "Events cannot be told to ROS 2");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(
            RosPort port,
            TopicPublisher states,
            TopicPublisher events,
            List<Subscription.Item> items,
            HiddenModules hidden) {
        if (items.isEmpty()) {
            return;
        }
        look(hidden, items);
        boolean isStale = false;
        for (Subscription.Item item : items) {
            switch (item) {
                case Subscription.Item.Gap _ -> isStale = true;
                case Subscription.Item.Event(FeedEvent event) -> {
                    isStale |= event instanceof FeedEvent.ModuleChanged || event instanceof FeedEvent.ModuleRemoved;
                    message(event, hidden).ifPresent(events::publish);
                    log(port, event);
                }
            }
        }
        if (isStale) {
            tellStates(states);
        }
    }

    private void tellStates(TopicPublisher states) {
        states.publish(Map.of(
                "stamp",
                Messages.time(clock.instant()),
                "modules",
                Messages.modules(commands.manager().modules(commands.caller()))));
    }

    private void look(HiddenModules hidden, List<Subscription.Item> items) {
        if (commands.caller().role().includes(Role.ADMIN)) {
            return;
        }
        List<FeedEvent> news = items.stream()
                .flatMap(item ->
                        item instanceof Subscription.Item.Event(FeedEvent event) ? Stream.of(event) : Stream.of())
                .toList();
        hidden.look(news, commands.manager().modules(Caller.MANAGER));
    }

    private static Optional<Map<String, Object>> message(FeedEvent event, HiddenModules hidden) {
        return switch (event) {
            case FeedEvent.ModuleChanged(long _, var _, ModuleView module) ->
                shown(
                        hidden,
                        module.id(),
                        event,
                        "module",
                        module.state().reason(),
                        module.state().phase().wire());
            case FeedEvent.ModuleRemoved(long _, var _, String id, boolean visible) ->
                visible ? shown(hidden, id, event, "removed", "", "") : Optional.empty();
            case FeedEvent.OperationChanged changed ->
                shown(
                                hidden,
                                changed.operation().moduleId(),
                                event,
                                "operation",
                                changed.operation().kind().wire(),
                                changed.operation().status().wire())
                        .map(message -> {
                            message.put("operation_id", changed.operation().id());
                            message.put("percent", changed.operation().percent());
                            return message;
                        });
            case FeedEvent.Entry(long _, var _, FeedEntry entry) ->
                shown(hidden, entry.moduleId(), event, entry.kind().wire(), entry.message(), entry.detail());
        };
    }

    private static Optional<Map<String, Object>> shown(
            HiddenModules hidden, String module, FeedEvent event, String kind, String message, String detail) {
        if (hidden.contains(module)) {
            return Optional.empty();
        }
        Map<String, Object> fields = new HashMap<>();
        fields.put("stamp", Messages.time(event.at()));
        fields.put("id", event.id());
        fields.put("kind", kind);
        fields.put("module_id", module);
        fields.put("message", message);
        fields.put("detail", detail);
        return Optional.of(fields);
    }

    /** What the manager says of itself is in the robot's log, too; its modules have nodes of their own for that. */
    private void log(RosPort port, FeedEvent event) {
        if (event instanceof FeedEvent.Entry(long _, var _, FeedEntry entry)
                && entry.moduleId().equals(commands.manager().self().toString())) {
            switch (entry.kind()) {
                case ERROR -> port.log(LogLevel.ERROR, entry.message());
                case NEWS -> port.log(LogLevel.INFO, entry.message());
                case STATE, LOG -> {
                    // States are on module_states, and log lines of the bus are no news.
                }
            }
        }
    }
}
