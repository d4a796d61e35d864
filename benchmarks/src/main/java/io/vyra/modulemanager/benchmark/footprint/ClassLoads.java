package io.vyra.modulemanager.benchmark.footprint;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which classes were loaded from where.
 *
 * @param byOrigin  by jar, module of the Java runtime, or {@link #GENERATED}
 * @param byPackage by the first three parts of the package's name
 */
record ClassLoads(Map<String, Integer> byOrigin, Map<String, Integer> byPackage) {
    static final String GENERATED = "generated at run time";

    private static final int PACKAGE_PARTS = 3;
    private static final Pattern LINE = Pattern.compile("^(\\S+) source: (.*)$");
    private static final Pattern JAR = Pattern.compile(".*/([^/]+\\.jar)(?:!/.*)?");
    private static final Pattern HIDDEN = Pattern.compile(".*[/+]0x[0-9a-f]+$");

    /** Of a log made with {@code -Xlog:class+load:file=…:none}, without class data sharing: shared classes have no origin. */
    static ClassLoads of(List<String> log) {
        Map<String, Integer> byOrigin = new TreeMap<>();
        Map<String, Integer> byPackage = new TreeMap<>();
        for (String line : log) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                byOrigin.merge(origin(matcher.group(1), matcher.group(2)), 1, Integer::sum);
                byPackage.merge(packageOf(matcher.group(1)), 1, Integer::sum);
            }
        }
        return new ClassLoads(byOrigin, byPackage);
    }

    private static String origin(String name, String source) {
        if (HIDDEN.matcher(name).matches()) {
            return GENERATED;
        }
        if (source.startsWith("jrt:/")) {
            return source.substring("jrt:/".length());
        }
        Matcher jar = JAR.matcher(source);
        return jar.matches() ? jar.group(1) : GENERATED;
    }

    private static String packageOf(String name) {
        List<String> parts = Arrays.asList(name.split("[./]"));
        return Stream.concat(Stream.of(parts.getFirst()), parts.subList(1, Math.max(1, parts.size() - 1)).stream())
                .limit(PACKAGE_PARTS)
                .collect(Collectors.joining("."));
    }

    /** Those of the jars from which nothing was loaded. */
    List<String> unused(Collection<String> jars) {
        return jars.stream().filter(jar -> !byOrigin.containsKey(jar)).sorted().toList();
    }
}
