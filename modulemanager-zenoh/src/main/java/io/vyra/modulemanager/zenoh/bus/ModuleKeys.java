package io.vyra.modulemanager.zenoh.bus;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys of modules: {@code {name}_{uuid}[/{namespace}]/{function}[/{subsection}]}, each segment of letters, digits and {@code _}. */
public final class ModuleKeys {
    private static final Pattern BELOW = Pattern.compile("[A-Za-z0-9_]+(/[A-Za-z0-9_]+){0,7}");

    private ModuleKeys() {}

    /** Whether a text can be what follows a module's id: 1 to 8 segments. */
    public static boolean isBelow(String text) {
        return text.length() <= 512 && BELOW.matcher(text).matches();
    }

    /**
     * The key of something of a module's.
     *
     * @throws IllegalArgumentException when {@code below} is not what a key can have there
     */
    public static KeyExpression key(ModuleId module, String below) {
        if (!isBelow(below)) {
            throw new IllegalArgumentException("'" + below
                    + "' must be 1 to 8 segments of letters, digits and _ with / between them, such as get_state");
        }
        return KeyExpression.of(module + "/" + below);
    }

    /** Whose key it is; empty when it does not begin with a module's id. */
    public static Optional<ModuleId> moduleOf(KeyExpression key) {
        String text = key.toString();
        int slash = text.indexOf('/');
        return ModuleId.parse(slash < 0 ? text : text.substring(0, slash));
    }
}
