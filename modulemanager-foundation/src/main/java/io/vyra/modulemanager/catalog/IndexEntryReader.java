package io.vyra.modulemanager.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.module.ContainerSpec;
import io.vyra.modulemanager.module.DependencyReader;
import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.yaml.YamlDocument;
import io.vyra.modulemanager.yaml.YamlFindings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/** Reads one element of an index's {@code modules}. Stateless. */
final class IndexEntryReader {
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_VERSION = 64;
    private static final int MOST_BLUEPRINTS = 64;
    private static final int MOST_IMAGES = 16;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private final Endpoint endpoint;

    IndexEntryReader(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * @param pointer  where the element stands
     * @param warnings takes what was ignored
     * @throws BadIndexValueException when the element is of no use
     */
    CatalogEntry read(JsonNode node, String pointer, Consumer<String> warnings) {
        if (!node.isObject()) {
            throw new BadIndexValueException(pointer, "must be an object");
        }
        String name = required(node, "name", pointer);
        if (!ModuleId.isName(name)) {
            throw new BadIndexValueException(
                    pointer + "/name", "must match ^[a-z][a-z0-9_]*$ and have at most 64 characters");
        }
        return new CatalogEntry(
                endpoint.repositoryId(),
                name,
                version(node, pointer),
                instanceId(node, pointer, warnings),
                optional(node, "description", pointer).orElse(""),
                optional(node, "author", pointer).orElse(""),
                blueprints(node, pointer),
                optional(node, "icon", pointer),
                dependencies(node.path("dependencies"), pointer + "/dependencies", warnings),
                endpoint.resolve(fileName(node, pointer)),
                size(node, pointer),
                checksum(node, pointer),
                images(node.path("images"), pointer + "/images", warnings));
    }

    /** An image of no use costs the package nothing: whether it is needed, the package says. */
    private Map<String, OfferedImage> images(JsonNode node, String pointer, Consumer<String> warnings) {
        Map<String, OfferedImage> images = new HashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return images;
        }
        if (!node.isObject() || node.size() > MOST_IMAGES) {
            warnings.accept(pointer + " is ignored: it must be an object of at most " + MOST_IMAGES + " images");
            return images;
        }
        node.properties().forEach(image -> {
            String place = pointer + "/" + image.getKey();
            try {
                if (!ContainerSpec.Image.Offered.isVariant(image.getKey())) {
                    throw new BadIndexValueException(
                            pointer, "must name variants with lower-case letters, digits and -");
                }
                images.put(
                        image.getKey(),
                        new OfferedImage(
                                endpoint.resolve(fileName(image.getValue(), place)),
                                size(image.getValue(), place),
                                checksum(image.getValue(), place)));
            } catch (BadIndexValueException e) {
                warnings.accept("an image is ignored: " + e.pointer() + " " + e.getMessage());
            }
        });
        return images;
    }

    private static Semver version(JsonNode node, String pointer) {
        String text = required(node, "version", pointer);
        Semver version = text.length() <= LONGEST_VERSION ? Semver.parse(text) : null;
        if (version == null) {
            throw new BadIndexValueException(
                    pointer + "/version", "must be a semantic version such as 1.2.3 with at most 64 characters");
        }
        return version;
    }

    /** The package itself says its uuid too, so a bad one here costs nothing but a warning. */
    private static Optional<String> instanceId(JsonNode node, String pointer, Consumer<String> warnings) {
        Optional<String> hash = optional(node, "hash", pointer);
        if (hash.isPresent() && !ModuleId.isInstanceId(hash.get())) {
            warnings.accept(pointer + "/hash is ignored: it must be 32 lower-case hexadecimal digits");
            return Optional.empty();
        }
        return hash;
    }

    /** JSON is YAML, so an index's dependencies are read as a manifest's are. */
    private static List<Manifest.Dependency> dependencies(JsonNode node, String pointer, Consumer<String> warnings) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        YamlFindings findings = YamlFindings.ofPart(pointer);
        byte[] json = node.toString().getBytes(StandardCharsets.UTF_8);
        List<Manifest.Dependency> found = YamlDocument.parse(json, "", findings)
                .map(document -> DependencyReader.read(document.root(findings)))
                .orElse(List.of());
        findings.firstError().ifPresent(error -> {
            throw new BadIndexValueException(error.pointer(), error.detail());
        });
        findings.warnings().forEach(warnings);
        return found;
    }

    private static List<String> blueprints(JsonNode node, String pointer) {
        String key = node.has("blueprints") ? "blueprints" : "template";
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<String> blueprints = new ArrayList<>();
        if (value.isTextual()) {
            for (String part : value.textValue().split(",", MOST_BLUEPRINTS)) {
                blueprints.add(part);
            }
        } else if (value.isArray() && value.size() <= MOST_BLUEPRINTS) {
            for (int i = 0; i < value.size(); i++) {
                if (!value.get(i).isTextual()) {
                    throw new BadIndexValueException(pointer + "/" + key + "/" + i, "must be a text");
                }
                blueprints.add(value.get(i).textValue());
            }
        } else {
            throw new BadIndexValueException(
                    pointer + "/" + key, "must be a text or a list of at most " + MOST_BLUEPRINTS);
        }
        return blueprints.stream()
                .map(String::strip)
                .filter(blueprint -> !blueprint.isEmpty())
                .map(blueprint -> clean(blueprint, pointer + "/" + key))
                .toList();
    }

    private static String fileName(JsonNode node, String pointer) {
        String text = required(node, "filename", pointer);
        String at = pointer + "/filename";
        if (text.length() > LONGEST_PATH) {
            throw new BadIndexValueException(at, "must have at most " + LONGEST_PATH + " characters");
        }
        if (text.startsWith("/") || text.contains("\\") || SCHEME.matcher(text).matches()) {
            throw new BadIndexValueException(at, "must be a path relative to the repository's root");
        }
        for (String segment : text.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new BadIndexValueException(at, "must hold no empty, '.' or '..' segment");
            }
        }
        return text;
    }

    /** 0 is what VYRA's server writes when it does not know; no package is empty. */
    private static OptionalLong size(JsonNode node, String pointer) {
        JsonNode value = node.path("size");
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty())) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new BadIndexValueException(pointer + "/size", "must be a number of bytes");
        }
        return value.longValue() == 0 ? OptionalLong.empty() : OptionalLong.of(value.longValue());
    }

    private static Optional<String> checksum(JsonNode node, String pointer) {
        return optional(node, "checksum", pointer).map(text -> {
            String digits = text.toLowerCase(Locale.ROOT);
            digits = digits.startsWith("sha256:") ? digits.substring("sha256:".length()) : digits;
            if (!SHA_256.matcher(digits).matches()) {
                throw new BadIndexValueException(
                        pointer + "/checksum", "must be a SHA-256 of 64 hexadecimal digits, or empty");
            }
            return digits;
        });
    }

    private static String required(JsonNode node, String key, String pointer) {
        return optional(node, key, pointer)
                .orElseThrow(() -> new BadIndexValueException(pointer + "/" + key, "is missing or empty"));
    }

    private static Optional<String> optional(JsonNode node, String key, String pointer) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new BadIndexValueException(pointer + "/" + key, "must be a text");
        }
        String text = value.textValue().strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(clean(text, pointer + "/" + key));
    }

    private static String clean(String text, String pointer) {
        if (text.length() > LONGEST_TEXT) {
            throw new BadIndexValueException(pointer, "must have at most " + LONGEST_TEXT + " characters");
        }
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }
}
