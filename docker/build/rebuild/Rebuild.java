package rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Exchanges classes in a distribution that was built before: {@code java rebuild.Rebuild CHECKOUT DISTRIBUTION SOURCES}, where SOURCES lists
 * the sources that it was built of, and is rewritten. The packages with a source that changed are compiled as a whole, against the jars of
 * the distribution. The jar of their module gets the new classes when the sources that did not change give the classes that it has, and the
 * others have the shape that they had: then the other packages, the modules built on it and what Quarkus generates are the same as well.
 *
 * <p>Ends with 0 when the distribution is that of the sources, with 3 and untouched when a whole build is needed.
 */
final class Rebuild {
    private static final int WHOLE_BUILD_NEEDED = 3;
    private static final String OWN = "io.vyra.modulemanager.";

    private final Path checkout;
    private final String distribution;
    private final Path application;
    private final Path list;

    private Rebuild(Path checkout, String distribution, Path list) {
        this.checkout = checkout;
        this.distribution = "modulemanager-" + distribution;
        this.application = checkout.resolve(this.distribution).resolve("target/quarkus-app");
        this.list = list;
    }

    public static void main(String... arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: java rebuild.Rebuild CHECKOUT full|slim|slim-containers SOURCES");
            System.exit(2);
        }
        try {
            new Rebuild(Path.of(arguments[0]).toRealPath(), arguments[1], Path.of(arguments[2])).run();
        } catch (WholeBuildNeeded e) {
            System.err.println("rebuild: A whole build is needed: " + e.getMessage() + ".");
            System.exit(WHOLE_BUILD_NEEDED);
        }
    }

    private void run() throws IOException, WholeBuildNeeded {
        Sources before = Sources.recorded(list);
        Sources now = Sources.current(checkout);
        if (!before.of(distribution).equals(now.of(distribution))) {
            throw new WholeBuildNeeded(distribution + " changed, which is no library");
        }
        Map<Path, byte[]> jars = new TreeMap<>();
        for (String module : modules(before, now)) {
            if (!before.of(module).equals(now.of(module))) {
                Path jar = jar(module);
                jars.put(jar, exchanged(module, jar, before.of(module), now.of(module)));
            }
        }
        for (Map.Entry<Path, byte[]> jar : jars.entrySet()) {
            Path written = Files.write(jar.getKey().resolveSibling(".exchanged"), jar.getValue());
            Files.move(written, jar.getKey(), StandardCopyOption.ATOMIC_MOVE);
        }
        Path written = list.resolveSibling(list.getFileName() + ".new");
        now.write(written);
        Files.move(written, list, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Those of which the distribution has a jar; a change of others is none of it. */
    private List<String> modules(Sources... sources) throws IOException {
        TreeSet<String> modules = new TreeSet<>();
        Arrays.stream(sources)
                .flatMap(each -> each.digests().keySet().stream())
                .forEach(path -> modules.add(path.substring(0, path.indexOf('/'))));
        List<String> present = new ArrayList<>();
        for (String module : modules) {
            if (Files.exists(jar(module))) {
                present.add(module);
            }
        }
        return present;
    }

    private Path jar(String module) throws IOException {
        try (Stream<Path> jars = Files.list(application.resolve("lib/main"))) {
            return jars.filter(jar -> jar.getFileName().toString().matches(Pattern.quote(OWN + module) + "-[0-9].*"))
                    .findFirst()
                    .orElse(application.resolve("lib/main").resolve(module));
        }
    }

    /** The module's jar with its new classes. */
    private byte[] exchanged(String module, Path file, Sources before, Sources now) throws IOException, WholeBuildNeeded {
        if (!before.digests().keySet().equals(now.digests().keySet())) {
            throw new WholeBuildNeeded(module + " has a source more or less");
        }
        Sources packages = now.ofPackagesThatDifferFrom(before);
        List<Path> sources =
                packages.digests().keySet().stream().map(checkout::resolve).toList();
        Map<String, ModuleCompiler.Compiled> compiled = new ModuleCompiler(checkout, classPath()).compile(module, sources);
        StoredJar jar = StoredJar.of(file);
        for (String name : jar.classes()) {
            if (packages.hasOneBeside(sourcePath(module, name))
                    && !compiled.containsKey(name)
                    && !isUnchangedPackage(module, name, before, now)) {
                throw new WholeBuildNeeded(name + " is no longer there");
            }
        }
        Map<String, byte[]> exchanged = new TreeMap<>();
        for (Map.Entry<String, ModuleCompiler.Compiled> entry : compiled.entrySet()) {
            String name = entry.getKey();
            byte[] bytes = entry.getValue().bytes();
            String source = checkout.relativize(entry.getValue().source()).toString();
            boolean isChanged = !now.digests().get(source).equals(before.digests().get(source));
            if (!jar.has(name)) {
                // The build leaves some classes out of the jar; of a new one nobody knows.
                if (isChanged) {
                    throw new WholeBuildNeeded(name + " is not in " + file.getFileName());
                }
            } else if (!Arrays.equals(bytes, jar.content(name))) {
                if (!isChanged) {
                    throw new WholeBuildNeeded(name + " is compiled differently, though its source did not change");
                }
                if (!ClassShape.of(bytes).equals(ClassShape.of(jar.content(name)))) {
                    throw new WholeBuildNeeded(name + " looks different to others");
                }
                exchanged.put(name, bytes);
            }
        }
        refuseTransformed(exchanged);
        return jar.with(exchanged);
    }

    /** Where a class of that name has its source, if it is of the top level. */
    private static String sourcePath(String module, String name) {
        return module + '/' + Sources.FOLDER + '/' + name.replaceFirst("class$", "java");
    }

    /** The build makes a class of each package, the compiler only of those with annotations. */
    private static boolean isUnchangedPackage(String module, String name, Sources before, Sources now) {
        String source = sourcePath(module, name);
        return name.endsWith("/package-info.class")
                && now.digests().containsKey(source)
                && now.digests().get(source).equals(before.digests().get(source));
    }

    /** Quarkus ships changed copies of some classes. */
    private void refuseTransformed(Map<String, byte[]> exchanged) throws IOException, WholeBuildNeeded {
        try (ZipFile transformed = new ZipFile(application.resolve("quarkus/transformed-bytecode.jar").toFile())) {
            for (String name : exchanged.keySet()) {
                if (transformed.getEntry(name) != null) {
                    throw new WholeBuildNeeded("Quarkus transforms " + name);
                }
            }
        }
    }

    /**
     * Of all modules alike: the jars of the distribution, the module's own for its other packages. Whether a module's pom names what it uses
     * is seen by the whole build.
     */
    private List<Path> classPath() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : List.of("boot", "main")) {
            try (Stream<Path> files = Files.list(application.resolve("lib").resolve(folder))) {
                files.sorted().forEach(jars::add);
            }
        }
        return jars;
    }
}
