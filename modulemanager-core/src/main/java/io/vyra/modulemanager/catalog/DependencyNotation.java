package io.vyra.modulemanager.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.module.Manifest.Dependency;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the notations in which VYRA writes a module's dependencies in JSON: a list of {@code {module_id, optional, version}}, a
 * list of {@code {type, name, version}}, a list of names, and a map {@code {vyra_modules, python, system}} of such lists.
 *
 * <p>Python and system packages are no modules; they are left to the module's own installation.
 */
final class DependencyNotation {
    private static final int MOST_DEPENDENCIES = 256;
    private static final Pattern NAME_AND_RANGE = Pattern.compile("\\s*([a-z][a-z0-9_]{0,96})\\s*[@:]?\\s*(.*)");
    private static final List<String> MODULE_LISTS = List.of("vyra_modules", "modules", "services");
    private static final Set<String> KNOWN_LISTS = Set.of("vyra_modules", "modules", "services", "python", "system");
    private static final Set<String> OTHER_TYPES = Set.of("python", "pip", "system", "apt", "ros", "ros2", "npm");

    private DependencyNotation() {}

    /**
     * @param node    value of {@code dependencies}
     * @param pointer where it stands
     * @throws BadIndexValueException naming the place
     */
    static List<Dependency> read(JsonNode node, String pointer) {
        List<Dependency> dependencies = new ArrayList<>();
        if (node.isNull() || node.isMissingNode()) {
            return dependencies;
        }
        if (node.isArray()) {
            readList(node, pointer, dependencies);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!KNOWN_LISTS.contains(field.getKey())) {
                    throw new BadIndexValueException(
                            pointer + "/" + BadIndexValueException.escape(field.getKey()),
                            "is none of vyra_modules, services, python and system");
                }
            }
            for (String key : MODULE_LISTS) {
                JsonNode list = node.path(key);
                if (!list.isMissingNode() && !list.isNull()) {
                    readList(list, pointer + "/" + key, dependencies);
                }
            }
        } else {
            throw new BadIndexValueException(pointer, "must be a list or a map");
        }
        return dependencies;
    }

    private static void readList(JsonNode list, String pointer, List<Dependency> dependencies) {
        if (!list.isArray()) {
            throw new BadIndexValueException(pointer, "must be a list");
        }
        if (list.size() > MOST_DEPENDENCIES) {
            throw new BadIndexValueException(pointer, "must have at most " + MOST_DEPENDENCIES + " items");
        }
        for (int i = 0; i < list.size(); i++) {
            readItem(list.get(i), pointer + "/" + i, dependencies);
        }
    }

    private static void readItem(JsonNode item, String pointer, List<Dependency> dependencies) {
        if (item.isTextual()) {
            Matcher matcher = NAME_AND_RANGE.matcher(item.textValue());
            if (!matcher.matches()) {
                throw new BadIndexValueException(pointer, "must be the name of a module");
            }
            dependencies.add(new Dependency(name(matcher.group(1), pointer), range(matcher.group(2), pointer), false));
            return;
        }
        if (!item.isObject()) {
            throw new BadIndexValueException(pointer, "must be a name or a map");
        }
        if (OTHER_TYPES.contains(text(item, "type", pointer))) {
            return;
        }
        String key = item.has("module_id") ? "module_id" : "name";
        dependencies.add(new Dependency(
                name(text(item, key, pointer), pointer + "/" + key),
                range(text(item, "version", pointer), pointer + "/version"),
                optional(item.path("optional"), pointer + "/optional")));
    }

    private static boolean optional(JsonNode node, String pointer) {
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw new BadIndexValueException(pointer, "must be true or false");
        }
        return node.booleanValue();
    }

    private static String text(JsonNode item, String key, String pointer) {
        JsonNode value = item.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new BadIndexValueException(pointer + "/" + key, "must be a text");
        }
        return value.textValue().strip();
    }

    /** A dependency may name one instance; which instance serves is decided at run time, so only the name counts. */
    private static String name(String text, String pointer) {
        String name = ModuleId.parse(text).map(ModuleId::name).orElse(text);
        if (!ModuleId.isName(name)) {
            throw new BadIndexValueException(pointer, "must be the name of a module, ^[a-z][a-z0-9_]*$");
        }
        return name;
    }

    private static VersionRange range(String text, String pointer) {
        try {
            return VersionRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadIndexValueException(pointer, e.getMessage());
        }
    }
}
