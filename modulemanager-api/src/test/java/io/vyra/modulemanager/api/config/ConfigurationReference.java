package io.vyra.modulemanager.api.config;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes the configuration reference from the sources of the typed configuration: keys, types, defaults and their Javadoc. */
final class ConfigurationReference {
    private static final String HEAD = """
            # Configuration

            Every key can be given as a system property (`-Dvyra.probation=60s`), as an environment variable (`VYRA_PROBATION=60s`),
            or in `config/application.properties` beside the working directory. An unknown key that begins with `vyra.` or `mm.ros2.` stops the start.
            Durations look like `30s`, `10m` or `PT1H`, sizes like `512M`. This page is generated from the typed configuration.

            | key | type | default | meaning |
            |---|---|---|---|
            """;

    private final Map<String, String> rows = new TreeMap<>();

    static String of(List<Path> sources) {
        ConfigurationReference reference = new ConfigurationReference();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree mapping) {
                        reference.addInterface(
                                prefix(mapping), mapping, new TreePath(new TreePath(unit), mapping), docs);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HEAD + String.join("\n", reference.rows.values()) + "\n";
    }

    private static String prefix(ClassTree mapping) {
        return annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping")
                .orElseThrow();
    }

    private void addInterface(String prefix, ClassTree type, TreePath path, DocTrees docs) {
        Map<String, ClassTree> groups = type.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(it -> it.getKind() == Tree.Kind.INTERFACE)
                .collect(Collectors.toMap(it -> it.getSimpleName().toString(), Function.identity()));
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method) {
                String key = prefix + "." + kebab(method.getName().toString());
                ClassTree group = groups.get(method.getReturnType().toString());
                if (group != null) {
                    addInterface(key, group, new TreePath(path, group), docs);
                } else {
                    rows.put(key, row(key, method, docs.getDocComment(new TreePath(path, method))));
                }
            }
        }
    }

    private static String row(String key, MethodTree method, String doc) {
        if (doc == null || doc.isBlank()) {
            throw new IllegalStateException("the setting " + key + " has no Javadoc");
        }
        String type = method.getReturnType().toString().replaceAll("Optional<(.*)>", "$1");
        String fallback = annotation(method.getModifiers().getAnnotations(), "WithDefault")
                .map(value -> "`" + value + "`")
                .orElse(method.getReturnType().toString().matches("(Optional|Map)<.*") ? "" : "**required**");
        List<String> words = new ArrayList<>(List.of(doc.strip().split("\\s+")));
        String meaning =
                String.join(" ", words).replaceAll("\\{@code ([^}]*)}", "`$1`").replace("|", "\\|");
        String name = type.startsWith("Map<") ? key + ".\"name\"" : key;
        return "| `" + name + "` | " + type + " | " + fallback + " | " + meaning + " |";
    }

    private static Optional<String> annotation(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(it -> it.getAnnotationType().toString().endsWith(name))
                .flatMap(it -> it.getArguments().stream())
                .map(it -> it instanceof AssignmentTree assignment ? assignment.getExpression() : it)
                .filter(LiteralTree.class::isInstance)
                .map(it -> String.valueOf(((LiteralTree) it).getValue()))
                .findFirst();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
