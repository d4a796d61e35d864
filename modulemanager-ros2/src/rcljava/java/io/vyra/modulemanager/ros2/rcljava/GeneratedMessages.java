package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.ros2.cdr.CdrReader;
import io.vyra.ros2.cdr.CdrWriter;
import io.vyra.ros2.cdr.MessageType;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.Definition;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Field;
import io.vyra.ros2.idl.Shape;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.wire.WireReader;
import io.vyra.ros2.wire.WireWriter;
import java.lang.reflect.InvocationTargetException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ros2.rcljava.interfaces.MessageDefinition;

/**
 * Between maps and objects of a class that rosidl_generator_java made. There an integer without a sign is the one with a sign of the same bits,
 * and arrays and sequences are lists of objects, also of bytes. Thread-safe.
 */
final class GeneratedMessages {
    private static final int LARGEST = 64 << 20;
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final MessageTypes types;
    private final MessageType type;
    private final Class<? extends MessageDefinition> generated;

    GeneratedMessages(MessageTypes types, MessageType type, Class<? extends MessageDefinition> generated) {
        this.types = types;
        this.type = type;
        this.generated = generated;
    }

    /** @throws io.vyra.ros2.cdr.InvalidValueException when the message is none of this type */
    MessageDefinition toObject(Map<String, Object> message) {
        MessageDefinition made = make(generated);
        fill(made, message);
        return made;
    }

    /** The same into an object that there is already. */
    void fill(MessageDefinition object, Map<String, Object> message) {
        write(object, type.name(), checked(message));
    }

    Map<String, Object> toMap(MessageDefinition object) {
        return read(object, type.name());
    }

    /** With every default, and refused for the same reasons as by the manager's own ROS 2: it is written and read once. */
    private Map<String, Object> checked(Map<String, Object> message) {
        WireWriter writer = new WireWriter(LARGEST);
        CdrWriter.write(writer, type, message);
        return CdrReader.read(new WireReader(writer.toArray()), type);
    }

    private void write(Object object, TypeName name, Map<String, Object> message) {
        for (Field field : types.registry().message(name).fields()) {
            Object value = message.get(field.name());
            Class<?> parameter = field.shape() == Shape.SINGLE ? single(object, field) : List.class;
            Object converted = field.shape() == Shape.SINGLE
                    ? toForeign(field.element(), parameter, value)
                    : toForeignList(object, field, value);
            invoke(object, "set" + camelCase(field.name()), parameter, converted);
        }
    }

    /** What the setter of a field takes. */
    private static Class<?> single(Object object, Field field) {
        return switch (field.element()) {
            case ElementType.Primitive primitive -> primitive(primitive);
            case ElementType.StringType _ -> String.class;
            case ElementType.Nested(TypeName nested) -> nested(object, nested);
        };
    }

    private static Class<?> primitive(ElementType.Primitive type) {
        return switch (type) {
            case BOOL -> boolean.class;
            case BYTE, CHAR, INT8, UINT8 -> byte.class;
            case INT16, UINT16 -> short.class;
            case INT32, UINT32 -> int.class;
            case INT64, UINT64 -> long.class;
            case FLOAT32 -> float.class;
            case FLOAT64 -> double.class;
        };
    }

    private static Class<?> nested(Object object, TypeName name) {
        String className = name.packageName() + "." + name.kind().text() + "." + name.name();
        try {
            return Class.forName(className, true, object.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The Java class of " + name + " is missing", e);
        }
    }

    private Object toForeign(ElementType element, Class<?> nested, Object value) {
        return switch (element) {
            case ElementType.Primitive primitive -> toForeign(primitive, value);
            case ElementType.StringType _ -> value;
            case ElementType.Nested(TypeName name) -> {
                Object made = make(nested);
                write(made, name, map(value));
                yield made;
            }
        };
    }

    private static Object toForeign(ElementType.Primitive type, Object value) {
        return switch (type) {
            case BOOL, FLOAT32, FLOAT64 -> value;
            case BYTE, CHAR, INT8, UINT8 -> ((Number) value).byteValue();
            case INT16, UINT16 -> ((Number) value).shortValue();
            case INT32, UINT32 -> ((Number) value).intValue();
            case INT64, UINT64 -> ((Number) value).longValue();
        };
    }

    private List<Object> toForeignList(Object object, Field field, Object value) {
        List<Object> list = new ArrayList<>();
        if (value instanceof byte[] bytes) {
            for (byte each : bytes) {
                list.add(each);
            }
        } else {
            Class<?> single = single(object, field);
            ((List<?>) value).forEach(each -> list.add(toForeign(field.element(), single, each)));
        }
        return list;
    }

    private Map<String, Object> read(Object object, TypeName name) {
        Definition.Message message = types.registry().message(name);
        Map<String, Object> map =
                LinkedHashMap.newLinkedHashMap(message.fields().size());
        for (Field field : message.fields()) {
            Object value = invoke(object, "get" + camelCase(field.name()));
            map.put(
                    field.name(),
                    field.shape() == Shape.SINGLE ? toOwn(field.element(), value) : toOwnMany(field, value));
        }
        return map;
    }

    private Object toOwn(ElementType element, Object value) {
        return switch (element) {
            case ElementType.Primitive primitive -> toOwn(primitive, value);
            case ElementType.StringType _ -> value;
            case ElementType.Nested(TypeName name) -> read(value, name);
        };
    }

    private static Object toOwn(ElementType.Primitive type, Object value) {
        return switch (type) {
            case BOOL, FLOAT32, FLOAT64 -> value;
            case INT8, INT16, INT32, INT64 -> ((Number) value).longValue();
            case BYTE, CHAR, UINT8 -> Byte.toUnsignedLong((Byte) value);
            case UINT16 -> Short.toUnsignedLong((Short) value);
            case UINT32 -> Integer.toUnsignedLong((Integer) value);
            case UINT64 -> {
                BigInteger number = BigInteger.valueOf((Long) value);
                yield number.signum() < 0 ? number.add(TWO_TO_64) : number;
            }
        };
    }

    private Object toOwnMany(Field field, Object value) {
        List<?> list = (List<?>) value;
        if (!(field.element() instanceof ElementType.Primitive primitive) || !primitive.isOctet()) {
            return list.stream().map(each -> toOwn(field.element(), each)).toList();
        }
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (Byte) list.get(i);
        }
        return bytes;
    }

    /** {@code frame_id} is {@code FrameId}; a part without letters is an underscore. */
    private static String camelCase(String field) {
        StringBuilder name = new StringBuilder();
        for (String word : field.split("_", -1)) {
            name.append(word.isEmpty() ? "_" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static <T> T make(Class<T> generated) {
        try {
            return generated.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw unknown(generated, e);
        }
    }

    private static void invoke(Object object, String setter, Class<?> parameter, Object value) {
        try {
            object.getClass().getMethod(setter, parameter).invoke(object, value);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    object.getClass().getName() + " refused a value in " + setter, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw unknown(object.getClass(), e);
        }
    }

    private static Object invoke(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException e) {
            throw unknown(object.getClass(), e);
        }
    }

    private static IllegalStateException unknown(Class<?> generated, ReflectiveOperationException cause) {
        return new IllegalStateException(
                generated.getName()
                        + " was generated from another definition than the manager's, or by another generator",
                cause);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
