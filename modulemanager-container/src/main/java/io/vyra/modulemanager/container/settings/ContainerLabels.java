package io.vyra.modulemanager.container.settings;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The labels by which a manager knows its containers again. They also tell the containers of managers with other data folders apart.
 *
 * @param manager short digest of the manager's data folder
 */
public record ContainerLabels(String manager) {
    public static final String MANAGER = "io.vyra.modulemanager.manager";
    public static final String MODULE = "io.vyra.modulemanager.module";
    public static final String VERSION = "io.vyra.modulemanager.version";
    public static final String GENERATION = "io.vyra.modulemanager.generation";
    private static final int DIGITS = 12;

    public static ContainerLabels of(Path dataFolder) {
        return new ContainerLabels(
                digest(dataFolder.toAbsolutePath().normalize().toString()));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Of every container of this manager. */
    public Map<String, String> ours() {
        return Map.of(MANAGER, manager);
    }

    /** Of every container of the module. */
    public Map<String, String> of(ModuleId module) {
        return Map.of(MANAGER, manager, MODULE, module.toString());
    }

    Map<String, String> of(LaunchSpec launch, String version) {
        return Map.of(
                MANAGER,
                manager,
                MODULE,
                launch.module().toString(),
                VERSION,
                version,
                GENERATION,
                Long.toString(launch.generation()));
    }

    /** The launch a container with these labels belongs to; empty when the label is damaged. */
    public static OptionalLong generation(Map<String, String> labels) {
        try {
            return OptionalLong.of(Long.parseLong(labels.getOrDefault(GENERATION, "")));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Of a container beside the module's own. */
    public String name(ModuleId module, long generation) {
        return name(module) + "-" + generation;
    }

    /** Readable in the engine's own list, and one for each module: two containers of a module cannot be, unless one is beside the other. */
    public String name(ModuleId module) {
        return "vyra-" + module.name() + "-" + digest(manager + "\n" + module);
    }
}
