package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.api.json.Checks;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.VersionRange;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to install. */
record InstallBody(String name, String version, String repository, String instanceId, Boolean start) {
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9-]{1,64}");

    void check(Checks checks) {
        checks.required("/name", name);
        if (name != null && !ModuleId.isName(name)) {
            checks.add(
                    "/name",
                    "must start with a lower-case letter and have at most 64 lower-case letters, digits and"
                            + " underscores");
        }
        checkRange(checks, "/version", version);
        checks.matches("/repository", repository, REPOSITORY, "1 to 64 lower-case letters, digits and hyphens");
        if (instanceId != null && !ModuleId.isInstanceId(instanceId)) {
            checks.add("/instance_id", "must be 32 lower-case hexadecimal digits");
        }
    }

    static void checkRange(Checks checks, String pointer, String range) {
        if (range == null) {
            return;
        }
        checks.optionalLength(pointer, range, 1, 128);
        try {
            VersionRange.parse(range);
        } catch (IllegalArgumentException e) {
            checks.add(pointer, "must be a version or range such as 1.2.3, ^1.2 or >=1.0 <2");
        }
    }

    ModuleManager.InstallRequest toRequest() {
        return new ModuleManager.InstallRequest(
                name,
                Optional.ofNullable(version),
                Optional.ofNullable(repository),
                Optional.ofNullable(instanceId),
                Optional.ofNullable(start));
    }
}
