package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dependencies on other modules in each of VYRA's notations: a list of {@code {module_id, optional, version}}, a list of
 * {@code {type, name, version}}, a list of names, and a map {@code {vyra_modules, python, system}}. Packages write them in YAML,
 * indexes in JSON.
 *
 * <p>Dependencies on anything but modules (Python packages, system packages) are of no concern here and skipped.
 */
public final class DependencyReader {
    private static final Pattern NAME_AND_RANGE = Pattern.compile("([a-z][a-z0-9_]*)\\s*([^a-z0-9_].*)?");
    private static final Set<String> MODULE_TYPES = Set.of("module", "modules", "vyra_module", "vyra_modules", "vyra");

    private static final List<String> MODULE_GROUPS = List.of("vyra_modules", "modules", "services");
    private static final int MOST_DEPENDENCIES = 256;

    private DependencyReader() {}

    /** Reads a {@code dependencies} or {@code services} value; null is none, and wrong places become errors of the value's findings. */
    public static List<Manifest.Dependency> read(YamlValue value) {
        if (value.isMap()) {
            YamlSection groups = value.section();
            List<Manifest.Dependency> found = MODULE_GROUPS.stream()
                    .flatMap(group -> groups.value(group).stream())
                    .flatMap(list -> list(list).stream())
                    .toList();
            groups.ignore("python", "system").warnUnknownKeys();
            return found;
        }
        return list(value);
    }

    private static List<Manifest.Dependency> list(YamlValue value) {
        if (!value.isList()) {
            value.refuse("a list of dependencies or a map {vyra_modules, python, system}");
            return List.of();
        }
        if (value.items().size() > MOST_DEPENDENCIES) {
            value.error("must have at most " + MOST_DEPENDENCIES + " items");
            return List.of();
        }
        List<Manifest.Dependency> found = new ArrayList<>();
        for (YamlValue item : value.items()) {
            if (item.isMap()) {
                entry(item).ifPresent(found::add);
            } else if (item.isText()) {
                item.text().flatMap(text -> named(item, text)).ifPresent(found::add);
            } else {
                item.refuse("a module name or a map with module_id or name");
            }
        }
        return found;
    }

    private static Optional<Manifest.Dependency> named(YamlValue item, String text) {
        Matcher matcher = NAME_AND_RANGE.matcher(text.strip());
        if (!matcher.matches()) {
            item.refuse("a module name, with a version range or without");
            return Optional.empty();
        }
        Optional<String> range = Optional.ofNullable(matcher.group(2));
        return dependency(item, matcher.group(1), item, range, false);
    }

    private static Optional<Manifest.Dependency> entry(YamlValue item) {
        YamlSection entry = item.section();
        Optional<String> type = entry.text("type").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<YamlValue> reference = entry.value("module_id").or(() -> entry.value("name"));
        boolean optional = entry.flag("optional", false);
        Optional<YamlValue> version = entry.value("version");
        entry.ignore("module_id", "name", "min_sl").warnUnknownKeys();
        if (type.isPresent() && !MODULE_TYPES.contains(type.get())) {
            return Optional.empty();
        }
        if (reference.isEmpty()) {
            item.error("must name the module with module_id or name");
            return Optional.empty();
        }
        Optional<String> range = version.flatMap(YamlValue::text);
        return reference
                .get()
                .text()
                .flatMap(text -> dependency(reference.get(), text, version.orElse(item), range, optional));
    }

    private static Optional<Manifest.Dependency> dependency(
            YamlValue namedAt, String reference, YamlValue rangeAt, Optional<String> range, boolean optional) {
        String name = ModuleId.parse(reference).map(ModuleId::name).orElse(reference);
        if (!ModuleId.isName(name)) {
            namedAt.refuse("a module name such as v2_usermanager");
            return Optional.empty();
        }
        try {
            return Optional.of(new Manifest.Dependency(name, VersionRange.parse(range.orElse("")), optional));
        } catch (IllegalArgumentException e) {
            rangeAt.error("must be a version range: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * One dependency for each module and range; one without a range says nothing beside one with a range, and a module is optional
     * only when every mention says so.
     */
    static List<Manifest.Dependency> merge(List<Manifest.Dependency> all) {
        Map<String, List<Manifest.Dependency>> byName = new LinkedHashMap<>();
        all.forEach(dependency -> byName.computeIfAbsent(dependency.name(), name -> new ArrayList<>())
                .add(dependency));
        List<Manifest.Dependency> merged = new ArrayList<>();
        byName.forEach((name, mentions) -> {
            boolean optional = mentions.stream().allMatch(Manifest.Dependency::optional);
            List<VersionRange> ranges =
                    mentions.stream().map(Manifest.Dependency::range).distinct().toList();
            List<VersionRange> narrowing = ranges.stream()
                    .filter(range -> !range.equals(VersionRange.ANY))
                    .toList();
            (narrowing.isEmpty() ? ranges : narrowing)
                    .forEach(range -> merged.add(new Manifest.Dependency(name, range, optional)));
        });
        return merged;
    }
}
