package io.vyra.module;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a module is: {@code {name}_{uuid}}, which is also the prefix of its keys.
 *
 * @param name {@code ^[a-z][a-z0-9_]*$}
 * @param instanceId 32 lower-case hexadecimal digits
 */
public record ModuleIdentity(String name, String instanceId) {
    private static final Pattern WHOLE = Pattern.compile("([a-z][a-z0-9_]{0,63})_([0-9a-f]{32})");

    public ModuleIdentity {
        if (!WHOLE.matcher(name + "_" + instanceId).matches()) {
            throw malformed(name + "_" + instanceId);
        }
    }

    /**
     * Splits {@code {name}_{uuid}}.
     *
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static ModuleIdentity parse(String text) {
        Matcher matcher = WHOLE.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text);
        }
        return new ModuleIdentity(matcher.group(1), matcher.group(2));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'" + text
                        + "' is no module id: it must be a name of lower-case letters, digits and _, then _ and 32 hexadecimal digits");
    }

    @Override
    public String toString() {
        return name + "_" + instanceId;
    }
}
