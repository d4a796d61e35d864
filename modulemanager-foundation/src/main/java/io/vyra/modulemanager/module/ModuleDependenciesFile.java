package io.vyra.modulemanager.module;

import io.vyra.modulemanager.yaml.YamlSection;
import io.vyra.modulemanager.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code module_dependencies.yaml}: what the machine and other modules must offer. */
record ModuleDependenciesFile(Manifest.Requirements requirements, List<Manifest.Dependency> services) {
    static final ModuleDependenciesFile NONE = new ModuleDependenciesFile(Manifest.Requirements.NONE, List.of());

    private static final Set<String> ANY = Set.of("any", "all", "*", "");
    private static final long MAX_MEGABYTES = 1L << 30;

    static ModuleDependenciesFile read(YamlSection file) {
        List<String> architectures = new ArrayList<>();
        List<String> systems = new ArrayList<>();
        file.section("runtime").ifPresent(runtime -> {
            runtime.value("python_version").ifPresent(YamlValue::textOrNumber);
            architectures.addAll(choices(runtime.value("arch")));
            systems.addAll(choices(runtime.value("os")));
            runtime.items("communication").forEach(ModuleDependenciesFile::checkCommunication);
            runtime.warnUnknownKeys();
        });
        Optional<YamlSection> hardware = file.section("hardware");
        List<Manifest.Device> devices =
                hardware.map(ModuleDependenciesFile::devices).orElse(List.of());
        Optional<YamlSection> resources = hardware.flatMap(section -> section.section("resources"));
        long megabytes = resources
                .map(section ->
                        section.wholeNumber("min_ram_mb", 0, MAX_MEGABYTES).orElse(0))
                .orElse(0L);
        boolean gpu =
                resources.map(section -> section.flag("gpu_required", false)).orElse(false);
        resources.ifPresent(YamlSection::warnUnknownKeys);
        hardware.ifPresent(YamlSection::warnUnknownKeys);
        List<Manifest.Dependency> services =
                file.value("services").map(DependencyReader::read).orElse(List.of());
        file.warnUnknownKeys();
        return new ModuleDependenciesFile(
                new Manifest.Requirements(
                        architectures.stream()
                                .map(Architecture::normalise)
                                .distinct()
                                .toList(),
                        systems,
                        megabytes << 20,
                        gpu,
                        devices),
                services);
    }

    /** One text or a list of them; {@code any} stands for no demand. */
    private static List<String> choices(Optional<YamlValue> value) {
        if (value.isEmpty()) {
            return List.of();
        }
        List<String> texts = value.get().isList()
                ? value.get().texts()
                : value.get().text().map(List::of).orElse(List.of());
        List<String> lower = texts.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .toList();
        return lower.stream().anyMatch(ANY::contains) ? List.of() : lower;
    }

    private static void checkCommunication(YamlValue item) {
        YamlSection entry = item.section();
        entry.text("protocol");
        entry.value("version").ifPresent(YamlValue::textOrNumber);
        entry.warnUnknownKeys();
    }

    private static List<Manifest.Device> devices(YamlSection hardware) {
        List<Manifest.Device> devices = new ArrayList<>();
        for (YamlValue item : hardware.items("devices")) {
            YamlSection entry = item.section();
            Optional<String> path = entry.requiredText("path");
            Optional<String> alias = entry.text("alias");
            entry.warnUnknownKeys();
            if (path.isPresent() && !path.get().startsWith("/")) {
                entry.value("path").ifPresent(value -> value.refuse("an absolute path such as /dev/ttyUSB0"));
            }
            path.ifPresent(text -> devices.add(new Manifest.Device(text, alias)));
        }
        return devices;
    }
}
