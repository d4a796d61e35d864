package io.vyra.modulemanager.module;

import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.module.ContainerSpec.Mount;
import io.vyra.modulemanager.module.ContainerSpec.Wishes;
import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of {@code module_runtime.yaml} that only {@code kind: container} has. */
final class ContainerSection {
    private static final String SHA_256 = "[0-9a-f]{64}";
    private static final String CAPABILITY = "[A-Z][A-Z_]{1,39}";
    private static final String NETWORK = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}";
    /** Names as the distribution specification of images has them, a little wider: the engine says what it cannot find. */
    private static final String REFERENCE = "[a-z0-9][A-Za-z0-9._/:@-]{0,511}";

    private ContainerSection() {}

    /** Empty only when the findings hold an error. */
    static Optional<ContainerSpec> read(YamlSection file) {
        if (file.value("image").isEmpty()) {
            file.error(
                    "must have an image with an archive of the package, a reference or a variant of the repository's");
        }
        Optional<Image> image = file.section("image").flatMap(ContainerSection::image);
        List<String> entrypoint = file.texts("entrypoint");
        Optional<String> network = matching(file, "network", NETWORK, "host, bridge, none or a network of the engine");
        String storage = file.text("storage").orElse(ContainerSpec.DEFAULT_STORAGE);
        if (!isAbsolute(storage) || storage.equals("/")) {
            file.value("storage")
                    .ifPresent(value -> value.refuse("an absolute path in the container such as /storage"));
        }
        boolean readOnly = file.flag("read_only", true);
        List<String> capabilities = new ArrayList<>();
        for (YamlValue item : file.items("capabilities")) {
            item.text().ifPresent(text -> {
                String name = text.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
                if (!name.matches(CAPABILITY)) {
                    item.refuse("a Linux capability such as NET_RAW");
                }
                capabilities.add(name);
            });
        }
        boolean init = file.flag("init", false);
        Wishes wishes = new Wishes(file.flag("privileged", false), file.flag("host_pid", false), mounts(file));
        UpdateOrder order =
                file.section("update").flatMap(ContainerSection::order).orElse(UpdateOrder.STOP_FIRST);
        if (image.isEmpty() || !isAbsolute(storage) || storage.equals("/")) {
            return Optional.empty();
        }
        return Optional.of(new ContainerSpec(
                image.get(), entrypoint, network, storage, readOnly, capabilities, init, wishes, order));
    }

    private static Optional<UpdateOrder> order(YamlSection section) {
        Optional<String> text = section.text("order");
        Optional<UpdateOrder> order = text.flatMap(UpdateOrder::ofWire);
        if (text.isPresent() && order.isEmpty()) {
            section.value("order").ifPresent(value -> value.refuse("start-first or stop-first"));
        }
        section.refuseUnknownKeys();
        return order;
    }

    private static Optional<Image> image(YamlSection section) {
        Optional<String> archive = section.text("archive").filter(text -> !text.isBlank());
        Optional<String> reference = matching(section, "reference", REFERENCE, "an image such as registry/name:1.0");
        Optional<String> sha256 = matching(section, "sha256", SHA_256, "64 lower-case hexadecimal digits");
        Optional<String> variant = matching(section, "variant", Image.Offered.VARIANT, "a variant such as production");
        section.refuseUnknownKeys();
        long named = Stream.of(archive, reference, variant)
                .filter(Optional::isPresent)
                .count();
        if (named != 1) {
            section.error("must have either an archive of the package, a reference or a variant of the repository's");
            return Optional.empty();
        }
        if (archive.isEmpty()) {
            section.value("sha256")
                    .ifPresent(
                            value -> value.error(
                                    "belongs to an archive; a reference ends in @sha256:…, and for a variant the index says it"));
            return reference.<Image>map(Image.Reference::new).or(() -> variant.map(Image.Offered::new));
        }
        if (archive.get().startsWith("/")
                || List.of(archive.get().split("/", -1)).contains("..")) {
            section.value("archive").ifPresent(value -> value.refuse("a file inside the module's tree"));
        }
        return Optional.of(new Image.Archive(archive.get(), sha256));
    }

    private static List<Mount> mounts(YamlSection file) {
        List<Mount> mounts = new ArrayList<>();
        for (YamlValue item : file.items("mounts")) {
            YamlSection entry = item.section();
            Optional<String> source = path(entry, "source");
            Optional<String> target = path(entry, "target").or(() -> source);
            boolean readOnly = entry.flag("read_only", true);
            entry.refuseUnknownKeys();
            if (source.isEmpty()) {
                entry.error("must have a source, an absolute path of the machine");
            } else {
                mounts.add(new Mount(source.get(), target.orElseThrow(), readOnly));
            }
        }
        return mounts;
    }

    private static Optional<String> path(YamlSection entry, String key) {
        Optional<String> path = entry.text(key);
        if (path.isPresent() && !isAbsolute(path.get())) {
            entry.value(key).ifPresent(value -> value.refuse("an absolute path without . and .."));
        }
        return path;
    }

    /** A colon would end the path in the engine's notation of mounts. */
    static boolean isAbsolute(String path) {
        return path.startsWith("/")
                && !path.contains(":")
                && path.chars().noneMatch(Character::isISOControl)
                && List.of(path.split("/")).stream().noneMatch(segment -> segment.equals("..") || segment.equals("."));
    }

    private static Optional<String> matching(YamlSection section, String key, String form, String expected) {
        Optional<String> text = section.text(key);
        if (text.isPresent() && !text.get().matches(form)) {
            section.value(key).ifPresent(value -> value.refuse(expected));
        }
        return text;
    }
}
