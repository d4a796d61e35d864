package rebuild;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles sources of a Maven module as the build does, into memory. That the options are the build's is checked by whoever compares the
 * classes of sources that did not change.
 */
final class ModuleCompiler {
    /** A class that was compiled, and the source it is of. */
    record Compiled(Path source, byte[] bytes) {}

    private final Path checkout;
    private final List<Path> classPath;

    ModuleCompiler(Path checkout, List<Path> classPath) {
        this.checkout = checkout;
        this.classPath = classPath;
    }

    /**
     * The classes by the names of their entries in a jar.
     *
     * @throws WholeBuildNeeded when the sources do not compile: the build will say why
     */
    Map<String, Compiled> compile(String module, List<Path> sources) throws IOException, WholeBuildNeeded {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            Memory memory = new Memory(files);
            boolean isCompiled = compiler.getTask(
                            null,
                            memory,
                            diagnostics,
                            options(module),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!isCompiled) {
                throw new WholeBuildNeeded(module + " does not compile");
            }
            return memory.compiled;
        }
    }

    private List<String> options(String module) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--release",
                property(module, "maven.compiler.release"),
                "-g:" + property(module, "maven.compiler.debuglevel"),
                "-encoding",
                property(module, "project.build.sourceEncoding"),
                "-XDcompilePolicy=simple",
                "-proc:none",
                "-Xlint:none",
                "-nowarn"));
        if (property(module, "maven.compiler.parameters").equals("true")) {
            options.add("-parameters");
        }
        return options;
    }

    /** Of the module's pom, or else of its parent. */
    private String property(String module, String name) throws IOException {
        Pattern pattern = Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<");
        for (Path pom : List.of(checkout.resolve(module).resolve("pom.xml"), checkout.resolve("pom.xml"))) {
            Matcher matcher = pattern.matcher(Files.readString(pom));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new IllegalStateException("No pom of " + module + " has the property " + name + ".");
    }

    /** Keeps the compiler's output. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Compiled> compiled = new TreeMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            String entry = className.replace('.', '/') + kind.extension;
            Path source = Path.of(sibling.toUri());
            return new SimpleJavaFileObject(URI.create("memory:///" + entry), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            compiled.put(entry, new Compiled(source, toByteArray()));
                        }
                    };
                }
            };
        }
    }
}
