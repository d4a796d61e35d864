package io.vyra.modulemanager.ros2.rcljava;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.ros2.provider.NativeLibraries;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.Definition;
import io.vyra.ros2.idl.ElementType;
import io.vyra.ros2.idl.Field;
import io.vyra.ros2.idl.TypeName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ros2.rcljava.interfaces.MessageDefinition;
import org.ros2.rcljava.interfaces.ServiceDefinition;

/**
 * The classes that rosidl_generator_java makes of interfaces. One is given away only when its native library, and that of each message within,
 * are loaded: its initializer ends the JVM otherwise. Thread-safe.
 */
final class GeneratedTypes {
    private final MessageTypes types;
    private final LoadedLibraries libraries;
    private final Set<TypeName> ready = ConcurrentHashMap.newKeySet();

    GeneratedTypes(MessageTypes types, LoadedLibraries libraries) {
        this.types = types;
        this.libraries = libraries;
    }

    /** @throws ProblemException {@code NOT_IMPLEMENTED} when the class or a library is missing */
    Class<MessageDefinition> message(TypeName name) {
        prepare(name);
        return load(name, MessageDefinition.class);
    }

    /** As {@link #message}, of a service. */
    Class<ServiceDefinition> service(TypeName name) {
        prepare(name.part("Request"));
        prepare(name.part("Response"));
        libraries.require(NativeLibraries.ofInterface(className(name)), name.toString());
        return load(name, ServiceDefinition.class);
    }

    GeneratedMessages messages(TypeName name) {
        return new GeneratedMessages(types, types.get(name), message(name));
    }

    private void prepare(TypeName name) {
        if (ready.contains(name)) {
            return;
        }
        Definition.Message message = types.registry().message(name);
        for (Field field : message.fields()) {
            if (field.element() instanceof ElementType.Nested(TypeName nested)) {
                prepare(nested);
            }
        }
        libraries.require(NativeLibraries.ofInterface(className(name)), name.toString());
        ready.add(name);
    }

    private static String className(TypeName name) {
        return name.packageName() + "." + name.kind().text() + "." + name.name();
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> load(TypeName name, Class<T> kind) {
        try {
            return (Class<T>) Class.forName(className(name), true, GeneratedTypes.class.getClassLoader())
                    .asSubclass(kind);
        } catch (ClassNotFoundException | LinkageError | ClassCastException e) {
            throw new ProblemException(
                    ProblemType.NOT_IMPLEMENTED,
                    "the Java class of " + name + " is in no jar below mm.ros2.rcljava-jars. Build its package in the"
                            + " workspace of ros2_java.",
                    e);
        }
    }
}
