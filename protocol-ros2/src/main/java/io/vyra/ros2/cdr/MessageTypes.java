package io.vyra.ros2.cdr;

import io.vyra.ros2.idl.Definition;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Field;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of a registry, each made ready once. Thread-safe. */
public final class MessageTypes {
    private final TypeRegistry registry;
    private final Map<TypeName, MessageType> types = new ConcurrentHashMap<>();

    public MessageTypes(TypeRegistry registry) {
        this.registry = registry;
    }

    public TypeRegistry registry() {
        return registry;
    }

    /**
     * A message, or a message that a service or an action consists of.
     *
     * @throws io.vyra.ros2.idl.UnknownTypeException when it, or a message in it, is not known
     * @throws io.vyra.ros2.idl.DefinitionException when it, or a message in it, cannot be used
     */
    public MessageType get(TypeName name) {
        MessageType known = types.get(name);
        if (known != null) {
            return known;
        }
        Definition.Message message = registry.message(name);
        List<Member> members = new ArrayList<>();
        for (Field field : message.wireFields()) {
            members.add(
                    new Member(field, type(field.element()), message.fields().isEmpty()));
        }
        MessageType type = new MessageType(name, members);
        types.put(name, type);
        return type;
    }

    private MemberType type(ElementType element) {
        return switch (element) {
            case ElementType.Primitive primitive -> new MemberType.Primitive(primitive);
            case ElementType.StringType string -> new MemberType.Text(string);
            case ElementType.Nested(TypeName nested) -> new MemberType.Message(get(nested));
        };
    }
}
