package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to change of a module. */
record ChangeBody(String desiredState, String desiredVersion, String alias, Boolean primary, Boolean pinned) {
    private static final Pattern ALIAS = Pattern.compile("([a-z][a-z0-9_-]{0,63})?");

    boolean changesStateOnly() {
        return desiredVersion == null && alias == null && primary == null && pinned == null;
    }

    ModuleManager.ModuleChange toChange(Checks checks) {
        if (changesStateOnly() && desiredState == null) {
            checks.add("", "must change something");
        }
        ModuleFields.range(checks, "/desired_version", desiredVersion);
        checks.matches(
                "/alias", alias, ALIAS, "empty, or a lower-case letter and at most 63 more letters, digits, _ and -");
        return new ModuleManager.ModuleChange(
                checks.constant("/desired_state", desiredState, ModuleManager.DesiredState.class),
                Optional.ofNullable(desiredVersion),
                Optional.ofNullable(alias),
                Optional.ofNullable(primary),
                Optional.ofNullable(pinned));
    }
}
