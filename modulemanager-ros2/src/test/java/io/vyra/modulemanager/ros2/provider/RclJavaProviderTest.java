package io.vyra.modulemanager.ros2.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vyra.modulemanager.ros2.port.UnusableProviderException;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.idl.TypeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything of rcljava runs. That this JVM is still there afterwards is part of it. */
class RclJavaProviderTest {
    private static final String LIBRARY = "liborg_ros2_rcljava_rcl_java__jni.so";
    private static final MessageTypes TYPES = new MessageTypes(TypeRegistry.shipped());

    @TempDir
    private Path folder;

    private Path libraries;
    private Path jars;

    @BeforeEach
    void install() throws IOException {
        libraries = Files.createDirectories(folder.resolve("lib/jni"));
        jars = Files.createDirectories(folder.resolve("install"));
    }

    private RclJavaSettings settings(List<Path> folders) {
        return new RclJavaSettings(folders, libraries.toString(), Map.of(), Map.of());
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(RclJavaSettings settings) {
        return assertThatThrownBy(() -> new RclJavaProvider(settings, TYPES).open("/arm", "driver"))
                .isInstanceOf(UnusableProviderException.class);
    }

    @Test
    void shouldSayWhichLibraryIsMissing() throws IOException {
        jarWith(RclJavaProvider.ENTRY);

        assertRefused(settings(List.of(jars)))
                .hasMessageContaining(LIBRARY)
                .hasMessageContaining(libraries.toString())
                .hasMessageContaining("mm.ros2.provider=rtps");
    }

    @Test
    void shouldSayThatTheJarsAreNotNamed() throws IOException {
        Files.createFile(libraries.resolve(LIBRARY));

        assertRefused(settings(List.of())).hasMessageContaining("mm.ros2.rcljava-jars is not set");
    }

    @Test
    void shouldSayWhichFolderCannotBeRead() throws IOException {
        Files.createFile(libraries.resolve(LIBRARY));

        assertRefused(settings(List.of(folder.resolve("nowhere"))))
                .hasMessageContaining("mm.ros2.rcljava-jars")
                .hasMessageContaining("nowhere");
    }

    @Test
    void shouldSayWhichClassIsMissing() throws IOException {
        Files.createFile(libraries.resolve(LIBRARY));

        assertRefused(settings(List.of(jars)))
                .hasMessageContaining("its class org.ros2.rcljava.RCLJava")
                .hasMessageContaining(jars.toString());
    }

    @Test
    void shouldSayThatALibraryCannotBeLoaded() throws IOException {
        jarWith(RclJavaProvider.ENTRY);
        Files.writeString(libraries.resolve(LIBRARY), "no library");

        assertRefused(settings(List.of(jars)))
                .hasMessageContaining(LIBRARY)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("setup.sh");
    }

    @Test
    void shouldReachRcljavaOnceEveryLibraryIsLoaded() throws IOException {
        String signature = "org.ros2.rcljava.Signature";
        assumeTrue(
                getClass().getResource("/" + signature.replace('.', '/') + ".class") != null,
                "With the real rcljava on the class path RclJavaPortTest shows more");
        jarWith(RclJavaProvider.ENTRY, signature, "org.ros2.rcljava.node.NodeOptions");
        for (String library : List.of(
                "rcl_java",
                "contexts__context_impl",
                "node__node_impl",
                "time__clock",
                "qos__qo_s_profile",
                "publisher__publisher_impl",
                "subscription__subscription_impl",
                "service__service_impl",
                "client__client_impl",
                "executors__base_executor")) {
            PaperLibraries.put(libraries, "org_ros2_rcljava_" + library + "__jni");
        }
        assertRefused(settings(List.of(jars))).hasMessageContaining("org_ros2_rcljava_graph__endpoint_info__jni");

        PaperLibraries.put(libraries, "org_ros2_rcljava_graph__endpoint_info__jni");

        assertThatThrownBy(() -> new RclJavaProvider(copied(settings(List.of(jars))), TYPES).open("/arm", "driver"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("This is a signature of rcljava");
    }

    /** The same libraries elsewhere: a JVM gives each to one loader. */
    private RclJavaSettings copied(RclJavaSettings settings) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (Stream<Path> all = Files.list(libraries)) {
            for (Path each : all.toList()) {
                Files.copy(each, copy.resolve(each.getFileName()));
            }
        }
        return new RclJavaSettings(settings.jars(), copy.toString(), Map.of(), Map.of());
    }

    @Test
    void shouldSayWhenTheManagerIsNotOnJava() throws IOException {
        jarWith(RclJavaProvider.ENTRY);
        Files.createFile(libraries.resolve(LIBRARY));
        ClassLoader withoutClassFiles = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return null;
            }
        };

        assertThatThrownBy(() ->
                        new RclJavaProvider(settings(List.of(jars)), TYPES, withoutClassFiles).open("/arm", "driver"))
                .isInstanceOf(UnusableProviderException.class)
                .hasMessageContaining("run the manager on Java");
    }

    @Test
    void shouldSayWhichVariableIsNotInTheEnvironment() {
        RclJavaSettings settings = new RclJavaSettings(
                List.of(jars),
                libraries.toString(),
                Map.of("ROS_DOMAIN_ID", "42", "ROS_LOCALHOST_ONLY", "1"),
                Map.of("ROS_LOCALHOST_ONLY", "1", "ROS_DOMAIN_ID", "7"));

        assertRefused(settings).hasMessageContaining("where it is 7").hasMessageContaining("set ROS_DOMAIN_ID=42");
    }

    @Test
    void shouldKeepTheManagersClassesAndRcljavasApart() throws Exception {
        jarWith(RclJavaProvider.ENTRY);
        try (AdapterLoader loader = AdapterLoader.of(List.of(jars), getClass().getClassLoader())) {
            Class<?> entry = Class.forName(RclJavaProvider.ENTRY, false, loader);
            Class<?> adapter = Class.forName(AdapterLoader.ADAPTER + "RclJavaAdapter", false, loader);
            Class<?> shared = Class.forName(RclJavaProvider.class.getName(), false, loader);

            assertThat(entry.getClassLoader()).isSameAs(loader);
            assertThat(adapter.getClassLoader()).isSameAs(loader);
            assertThat(shared).isSameAs(RclJavaProvider.class);
        }
    }

    /** A jar deep in the installation, with signatures in the place of classes. */
    private void jarWith(String... classNames) throws IOException {
        Path jar = Files.createDirectories(jars.resolve("share/rcljava/java")).resolve("rcljava.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (String className : classNames) {
                String file = className.replace('.', '/') + ".class";
                zip.putNextEntry(new JarEntry(file));
                try (InputStream in = getClass().getClassLoader().getResourceAsStream(file)) {
                    zip.write(in.readAllBytes());
                }
                zip.closeEntry();
            }
        }
    }
}
