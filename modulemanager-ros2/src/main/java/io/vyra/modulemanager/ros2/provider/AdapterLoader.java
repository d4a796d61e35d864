package io.vyra.modulemanager.ros2.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads rcljava from the jars of an installation, and the adapter, which came with the manager, beside it. Both must be of one loader: the JVM
 * lets a native library belong to one only, and the adapter loads each before rcljava does.
 *
 * <p>What the jars have wins over what the manager has, but for the manager's own classes and SLF4J, which both write their log with.
 */
final class AdapterLoader extends URLClassLoader {
    static final String ADAPTER = "io.vyra.modulemanager.ros2.rcljava.";
    private static final String RCLJAVA = "org.ros2.";
    private static final List<String> SHARED = List.of("java.", "io.vyra.", "org.slf4j.");
    private static final int DEEPEST = 8;

    static {
        registerAsParallelCapable();
    }

    private AdapterLoader(URL[] jars, ClassLoader manager) {
        super("rcljava", jars, manager);
    }

    /**
     * @param folders looked through for jars
     * @throws IOException when one of them cannot be read
     */
    static AdapterLoader of(List<Path> folders, ClassLoader manager) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
                for (Path jar : files.filter(AdapterLoader::isJar).sorted().toList()) {
                    jars.add(url(jar));
                }
            }
        }
        return new AdapterLoader(jars.toArray(URL[]::new), manager);
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            Class<?> found = known != null ? known : find(name);
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.startsWith(ADAPTER)) {
            return define(name);
        }
        if (name.startsWith(RCLJAVA)) {
            return findClass(name);
        }
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return getParent().loadClass(name);
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return getParent().loadClass(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = stream.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
