package io.vyra.modulemanager.module;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of one installed instance of a module, written {@code {name}_{uuid}}.
 *
 * @param name       {@code ^[a-z][a-z0-9_]*$}, at most 64 characters
 * @param instanceId 32 lower-case hexadecimal digits
 */
public record ModuleId(String name, String instanceId) implements Comparable<ModuleId> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern INSTANCE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern WHOLE = Pattern.compile("(.+)_([0-9a-f]{32})");

    public ModuleId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(instanceId, "instanceId");
        requireName(name);
        if (!isInstanceId(instanceId)) {
            throw new IllegalArgumentException(
                    "instance id '" + instanceId + "' must be 32 lower-case hexadecimal digits");
        }
    }

    /**
     * @return the name
     * @throws IllegalArgumentException when no module can have that name
     */
    public static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "module name '" + name + "' must match ^[a-z][a-z0-9_]*$ and have at most 64 characters");
        }
        return name;
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public static boolean isInstanceId(String text) {
        return INSTANCE_ID.matcher(text).matches();
    }

    /** Splits {@code {name}_{uuid}}; empty when the text is not of that form. */
    public static Optional<ModuleId> parse(String text) {
        Matcher matcher = WHOLE.matcher(text);
        return matcher.matches() && isName(matcher.group(1))
                ? Optional.of(new ModuleId(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** A new identity with a random (version 4) uuid. */
    public static ModuleId random(String name) {
        return new ModuleId(name, UUID.randomUUID().toString().replace("-", ""));
    }

    /** In the order of {@link #toString}, without making the texts: ids are the keys of sorted maps. */
    @Override
    public int compareTo(ModuleId other) {
        if (name.equals(other.name)) {
            return instanceId.compareTo(other.instanceId);
        }
        boolean oneBeginsWithTheOther = name.startsWith(other.name) || other.name.startsWith(name);
        return oneBeginsWithTheOther ? toString().compareTo(other.toString()) : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name + "_" + instanceId;
    }
}
