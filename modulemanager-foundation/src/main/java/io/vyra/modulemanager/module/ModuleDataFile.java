package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** {@code module_data.yaml}. Name and version are present unless the findings hold an error about them. */
record ModuleDataFile(
        Optional<String> name,
        Optional<Semver> version,
        Optional<String> instanceId,
        Manifest.About about,
        List<Manifest.Dependency> dependencies) {

    /** Semantic versions longer than this make unusable folder names. */
    private static final int MAX_VERSION_LENGTH = 64;

    static ModuleDataFile read(YamlSection file) {
        Optional<String> name = file.requiredText("name").filter(text -> isName(file, text));
        Optional<Semver> version = version(file);
        Optional<String> instanceId = instanceId(file);
        Manifest.About about = about(file, name);
        List<Manifest.Dependency> dependencies =
                file.value("dependencies").map(DependencyReader::read).orElse(List.of());
        file.section("flags").ifPresent(ModuleDataFile::checkFlags);
        file.warnUnknownKeys();
        return new ModuleDataFile(name, version, instanceId, about, dependencies);
    }

    private static boolean isName(YamlSection file, String text) {
        if (ModuleId.isName(text)) {
            return true;
        }
        file.value("name")
                .ifPresent(value -> value.refuse(
                        "a module name of lower-case letters, digits and _, starting with a letter, at most 64 long,"));
        return false;
    }

    private static Optional<Semver> version(YamlSection file) {
        Optional<String> text = file.requiredText("version");
        Optional<Semver> version =
                text.filter(t -> t.length() <= MAX_VERSION_LENGTH).map(Semver::parse);
        if (text.isPresent() && version.isEmpty()) {
            file.value("version").ifPresent(value -> value.refuse("a semantic version such as 1.2.3 (semver.org)"));
        }
        return version;
    }

    private static Optional<String> instanceId(YamlSection file) {
        // A uuid of digits only, or one like 12e345…, is a number when it is not quoted.
        Optional<YamlValue> value = file.value("uuid");
        Optional<String> text = value.flatMap(YamlValue::textOrNumber).filter(uuid -> !uuid.isEmpty());
        if (text.isPresent() && !ModuleId.isInstanceId(text.get())) {
            value.get().refuse("32 lower-case hexadecimal digits without dashes, or empty,");
        }
        return text;
    }

    private static Manifest.About about(YamlSection file, Optional<String> name) {
        return new Manifest.About(
                file.text("display_name")
                        .filter(text -> !text.isBlank())
                        .or(() -> name)
                        .orElse(""),
                file.text("description").orElse(""),
                file.text("author").orElse(""),
                file.text("author_email").orElse(""),
                file.text("alias").filter(text -> !text.isBlank()),
                file.text("icon").filter(text -> !text.isBlank()),
                blueprints(file),
                file.flag("slim", false));
    }

    /** The newest notation wins: {@code blueprints}, before that {@code template}, before that {@code category}. */
    private static List<String> blueprints(YamlSection file) {
        List<String> found = List.of();
        for (String key : List.of("blueprints", "template", "category")) {
            List<String> names = file.value(key).map(ModuleDataFile::names).orElse(List.of());
            found = found.isEmpty() ? names : found;
        }
        return found;
    }

    private static List<String> names(YamlValue value) {
        List<String> parts = new ArrayList<>();
        if (value.isText()) {
            value.text().ifPresent(text -> parts.addAll(Arrays.asList(text.split(","))));
        } else if (value.isList()) {
            parts.addAll(value.texts());
        } else {
            value.refuse("a text like \"a, b\" or a list of texts");
        }
        return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private static void checkFlags(YamlSection flags) {
        flags.flag("frontend_active", false);
        flags.flag("backend_active", false);
        flags.warnUnknownKeys();
    }
}
