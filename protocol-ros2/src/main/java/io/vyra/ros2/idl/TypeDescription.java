package io.vyra.ros2.idl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The type description of REP-2011 in the exact form that is hashed: JSON with a space after each colon and comma, referenced types in
 * the order of their names, no default values.
 */
final class TypeDescription {
    private static final int ARRAY = 48;
    private static final int BOUNDED_SEQUENCE = 96;
    private static final int UNBOUNDED_SEQUENCE = 144;
    private static final int NESTED = 1;
    private static final int STRING = 17;
    private static final int BOUNDED_STRING = 21;

    private final TypeRegistry registry;

    TypeDescription(TypeRegistry registry) {
        this.registry = registry;
    }

    String json(TypeName name) {
        StringBuilder json = new StringBuilder("{\"type_description\": ");
        append(json, name, registry.members(name));
        json.append(", \"referenced_type_descriptions\": [");
        String separator = "";
        for (var reference : references(name).entrySet()) {
            json.append(separator);
            append(json, reference.getKey(), reference.getValue());
            separator = ", ";
        }
        return json.append("]}").toString();
    }

    private SortedMap<TypeName, List<Field>> references(TypeName name) {
        SortedMap<TypeName, List<Field>> references = new TreeMap<>();
        Deque<TypeName> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            for (Field field : registry.members(open.pop())) {
                if (field.element() instanceof ElementType.Nested(TypeName nested) && !references.containsKey(nested)) {
                    references.put(nested, registry.members(nested));
                    open.push(nested);
                }
            }
        }
        return references;
    }

    private static void append(StringBuilder json, TypeName name, List<Field> fields) {
        json.append("{\"type_name\": \"").append(name).append("\", \"fields\": [");
        String separator = "";
        for (Field field : fields) {
            json.append(separator);
            append(json, field);
            separator = ", ";
        }
        json.append("]}");
    }

    private static void append(StringBuilder json, Field field) {
        int offset = 0;
        long capacity = 0;
        switch (field.shape()) {
            case Shape.Single _ -> {}
            case Shape.Array(int length) -> {
                offset = ARRAY;
                capacity = length;
            }
            case Shape.Sequence(Bound bound) -> {
                offset = bound.isUnbounded() ? UNBOUNDED_SEQUENCE : BOUNDED_SEQUENCE;
                capacity = capacity(bound);
            }
        }
        int id = 0;
        long stringCapacity = 0;
        String nestedName = "";
        switch (field.element()) {
            case ElementType.Primitive primitive -> id = primitive.id();
            case ElementType.StringType(boolean wide, Bound bound) -> {
                id = (bound.isUnbounded() ? STRING : BOUNDED_STRING) + (wide ? 1 : 0);
                stringCapacity = capacity(bound);
            }
            case ElementType.Nested(TypeName nested) -> {
                id = NESTED;
                nestedName = nested.toString();
            }
        }
        json.append("{\"name\": \"").append(field.name());
        json.append("\", \"type\": {\"type_id\": ").append(id + offset);
        json.append(", \"capacity\": ").append(capacity);
        json.append(", \"string_capacity\": ").append(stringCapacity);
        json.append(", \"nested_type_name\": \"").append(nestedName).append("\"}}");
    }

    private static long capacity(Bound bound) {
        return bound.isUnbounded() ? 0 : bound.maximum();
    }
}
