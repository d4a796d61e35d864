package io.vyra.modulemanager.ros2.provider;

import io.vyra.modulemanager.ros2.port.RosPort;
import io.vyra.modulemanager.ros2.port.RosProvider;
import io.vyra.modulemanager.ros2.port.UnusableProviderException;
import io.vyra.ros2.cdr.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rcljava of an installed ROS 2. Nothing of it is touched before its native library was found and its classes are there: the initializer of
 * {@code RCLJava} ends the JVM otherwise. The adapter makes sure of every further library before it touches the class that needs it.
 */
public final class RclJavaProvider implements RosProvider {
    static final String ENTRY = "org.ros2.rcljava.RCLJava";
    private static final String ADAPTER = AdapterLoader.ADAPTER + "RclJavaAdapter";
    private static final String INSTEAD = "or set mm.ros2.provider=rtps, which needs none of it";

    private final RclJavaSettings settings;
    private final MessageTypes types;
    private final ClassLoader manager;
    private Optional<RosProvider> adapter = Optional.empty();

    public RclJavaProvider(RclJavaSettings settings, MessageTypes types) {
        this(settings, types, RclJavaProvider.class.getClassLoader());
    }

    /** @param manager has the adapter's class files */
    RclJavaProvider(RclJavaSettings settings, MessageTypes types, ClassLoader manager) {
        this.settings = settings;
        this.types = types;
        this.manager = manager;
    }

    @Override
    public RosPort open(String namespace, String name) throws IOException, UnusableProviderException {
        requireVariables();
        requireLibrary();
        return adapter().open(namespace, name);
    }

    /** Made once: native libraries belong to the first loader that took them. */
    private synchronized RosProvider adapter() throws UnusableProviderException {
        if (adapter.isEmpty()) {
            adapter = Optional.of(load());
        }
        return adapter.get();
    }

    private void requireVariables() throws UnusableProviderException {
        for (Map.Entry<String, String> variable : new TreeMap<>(settings.wanted()).entrySet()) {
            String seen = settings.environment().get(variable.getKey());
            if (!variable.getValue().equals(seen)) {
                throw new UnusableProviderException("with mm.ros2.provider=rcljava " + variable.getKey()
                        + " is read from the environment alone, where it is " + (seen == null ? "not set" : seen)
                        + ", while the settings want " + variable.getValue() + ": set " + variable.getKey() + "="
                        + variable.getValue() + " for the manager's process");
            }
        }
    }

    private void requireLibrary() throws UnusableProviderException {
        String library = NativeLibraries.ofClass(ENTRY);
        if (new NativeLibraries(settings.libraryPath()).find(library).isEmpty()) {
            throw new UnusableProviderException("mm.ros2.provider is rcljava, but its native library "
                    + System.mapLibraryName(library) + " is in no folder of java.library.path ("
                    + settings.libraryPath()
                    + "): start the manager where LD_LIBRARY_PATH has the folders lib/jni of ros2_java, " + INSTEAD);
        }
    }

    private RosProvider load() throws UnusableProviderException {
        if (settings.jars().isEmpty()) {
            throw new UnusableProviderException(
                    "mm.ros2.provider is rcljava, but mm.ros2.rcljava-jars is not set: name the"
                            + " folder where ros2_java is installed, such as /opt/ros2_java, " + INSTEAD);
        }
        AdapterLoader loader;
        try {
            loader = AdapterLoader.of(settings.jars(), manager);
        } catch (IOException | UncheckedIOException e) {
            throw new UnusableProviderException(
                    "mm.ros2.rcljava-jars cannot be read: " + e.getMessage() + ": correct it, " + INSTEAD, e);
        }
        try {
            // Found, but not initialized.
            Class.forName(ENTRY, false, loader);
            return Class.forName(ADAPTER, true, loader)
                    .asSubclass(RosProvider.class)
                    .getConstructor(MessageTypes.class, NativeLibraries.class)
                    .newInstance(types, new NativeLibraries(settings.libraryPath()));
        } catch (ClassNotFoundException e) {
            throw new UnusableProviderException(missing(e.getMessage()), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UnusableProviderException(
                    "the rcljava in " + folders() + " is not one that the manager knows: " + e
                            + ": build the main branch of ros2_java, "
                            + INSTEAD,
                    e);
        }
    }

    private String missing(String className) {
        return className.startsWith(AdapterLoader.ADAPTER)
                ? "the native executable of the manager cannot load rcljava: run the manager on Java, " + INSTEAD
                : "mm.ros2.provider is rcljava, and its native library was found, but its class " + className
                        + " is in no jar below mm.ros2.rcljava-jars (" + folders() + "): name the folder where"
                        + " ros2_java is installed, " + INSTEAD;
    }

    private String folders() {
        return settings.jars().stream().map(Path::toString).collect(Collectors.joining(","));
    }

    @Override
    public String description() {
        return "provider=rcljava jars=" + folders();
    }
}
