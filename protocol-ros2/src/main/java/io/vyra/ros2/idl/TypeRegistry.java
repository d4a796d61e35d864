package io.vyra.ros2.idl;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All interfaces that are known: those this library brings along and those of the user's folders, which come first. Definitions are read
 * when they are first asked for. Thread-safe.
 *
 * <p>What it gives out is complete: every message in a message is known, and none contains itself.
 */
public final class TypeRegistry {
    private static final int DEEPEST = 64;

    private final List<DefinitionSource> sources;
    private final Map<TypeName, Definition> definitions = new ConcurrentHashMap<>();
    private final Map<TypeName, Definition.Message> messages = new ConcurrentHashMap<>();
    private final Map<TypeName, TypeHash> hashes = new ConcurrentHashMap<>();

    private TypeRegistry(List<DefinitionSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** The interfaces that this library brings along. */
    public static TypeRegistry shipped() {
        return new TypeRegistry(List.of(ShippedDefinitions.ALL));
    }

    /**
     * These interfaces and those of a folder, which win where both have one. The folder's packages may be nested: what counts is
     * {@code package/msg/Name.msg} at the end of a path.
     *
     * @throws DefinitionException when the folder cannot be listed or a file's name is no interface's
     */
    public TypeRegistry with(Path folder) {
        List<DefinitionSource> all = new ArrayList<>();
        all.add(new FolderDefinitions(folder));
        all.addAll(sources);
        return new TypeRegistry(all);
    }

    /**
     * These interfaces and others whose definitions a program has as texts; those win where both have one.
     *
     * @param definitions the text of each definition file, by the interface's name
     */
    public TypeRegistry with(Map<TypeName, String> definitions) {
        List<DefinitionSource> all = new ArrayList<>();
        all.add(new TextDefinitions(definitions));
        all.addAll(sources);
        return new TypeRegistry(all);
    }

    /** Names of all messages, services and actions, without their parts. */
    public SortedSet<TypeName> names() {
        SortedSet<TypeName> names = new TreeSet<>();
        sources.forEach(source -> names.addAll(source.names()));
        return names;
    }

    /**
     * A message, or a message that a service or an action consists of.
     *
     * @throws UnknownTypeException when it, or a message in it, is not known
     * @throws DefinitionException when it, or a message in it, cannot be used
     */
    public Definition.Message message(TypeName name) {
        Definition.Message known = messages.get(name);
        return known != null ? known : complete(name, new ArrayDeque<>());
    }

    /** A service, or one that an action consists of; throws as {@link #message}. */
    public Definition.Service service(TypeName name) {
        Definition.Service service = bareService(name).orElseThrow(() -> new UnknownTypeException(name));
        message(service.request().name());
        message(service.response().name());
        return service;
    }

    /** An action; throws as {@link #message}. */
    public Definition.Action action(TypeName name) {
        if (definition(name).orElse(null) instanceof Definition.Action action) {
            message(action.goal().name());
            message(action.result().name());
            message(action.feedback().name());
            return action;
        }
        throw new UnknownTypeException(name);
    }

    /** The hash of a message, a service or an action or of a part of one; throws as {@link #message}. */
    public TypeHash hash(TypeName name) {
        TypeHash known = hashes.get(name);
        if (known != null) {
            return known;
        }
        TypeHash hash = TypeHash.of(new TypeDescription(this).json(name));
        hashes.put(name, hash);
        return hash;
    }

    /** Fields in the sense of REP-2011, in which a service and an action are messages of messages. */
    List<Field> members(TypeName name) {
        Optional<Definition.Service> service = bareService(name);
        if (service.isPresent()) {
            return List.of(
                    Field.nested("request_message", name.part("Request")),
                    Field.nested("response_message", name.part("Response")),
                    Field.nested("event_message", name.part("Event")));
        }
        if (definition(name).orElse(null) instanceof Definition.Action) {
            return List.of(
                    Field.nested("goal", name.part("Goal")),
                    Field.nested("result", name.part("Result")),
                    Field.nested("feedback", name.part("Feedback")),
                    Field.nested("send_goal_service", name.part("SendGoal")),
                    Field.nested("get_result_service", name.part("GetResult")),
                    Field.nested("feedback_message", name.part("FeedbackMessage")));
        }
        return message(name).wireFields();
    }

    private Definition.Message complete(TypeName name, Deque<TypeName> around) {
        if (around.contains(name)) {
            throw new DefinitionException(
                    around.getLast().toString(), 0, "the message contains itself by way of " + around);
        }
        if (around.size() >= DEEPEST) {
            throw new DefinitionException(around.getLast().toString(), 0, "messages are nested deeper than " + DEEPEST);
        }
        Definition.Message message = bareMessage(name).orElseThrow(() -> new UnknownTypeException(name));
        around.push(name);
        for (Field field : message.fields()) {
            if (field.element() instanceof ElementType.Nested(TypeName nested) && !messages.containsKey(nested)) {
                complete(nested, around);
            }
        }
        around.pop();
        messages.put(name, message);
        return message;
    }

    private Optional<Definition.Message> bareMessage(TypeName name) {
        if (definition(name).orElse(null) instanceof Definition.Message message) {
            return Optional.of(message);
        }
        if (name.kind() == TypeName.Kind.MSG) {
            return Optional.empty();
        }
        Optional<Definition.Message> part = name.without("Request")
                .flatMap(this::bareService)
                .map(Definition.Service::request)
                .or(() -> name.without("Response").flatMap(this::bareService).map(Definition.Service::response))
                .or(() -> name.without("Event").flatMap(this::bareService).map(Definition.Service::event));
        return part.or(() -> bareAction(name, "Goal").map(Definition.Action::goal))
                .or(() -> bareAction(name, "Result").map(Definition.Action::result))
                .or(() -> bareAction(name, "Feedback").map(Definition.Action::feedback))
                .or(() -> bareAction(name, "FeedbackMessage").map(Definition.Action::feedbackMessage));
    }

    private Optional<Definition.Service> bareService(TypeName name) {
        if (definition(name).orElse(null) instanceof Definition.Service service) {
            return Optional.of(service);
        }
        return bareAction(name, "SendGoal")
                .map(Definition.Action::sendGoal)
                .or(() -> bareAction(name, "GetResult").map(Definition.Action::getResult));
    }

    private Optional<Definition.Action> bareAction(TypeName part, String suffix) {
        return part.kind() == TypeName.Kind.ACTION
                ? part.without(suffix).flatMap(this::definition).map(Definition.Action.class::cast)
                : Optional.empty();
    }

    private Optional<Definition> definition(TypeName name) {
        Definition known = definitions.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        for (DefinitionSource source : sources) {
            Optional<DefinitionSource.DefinitionText> text = source.find(name);
            if (text.isPresent()) {
                Definition parsed = DefinitionParser.parse(
                        name, text.get().source(), text.get().text());
                definitions.put(name, parsed);
                return Optional.of(parsed);
            }
        }
        return Optional.empty();
    }
}
