package io.vyra.modulemanager.request;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.VersionRange;
import java.util.regex.Pattern;

/** The fields by which requests name modules, versions and repositories. A value that is absent ({@code null}) is right. */
public final class ModuleFields {
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int LONGEST_RANGE = 128;

    private ModuleFields() {}

    /** What an installation is asked with, all but its name absent or right. */
    public static void install(Checks checks, String name, String version, String repository, String instanceId) {
        name(checks, "/name", name);
        range(checks, "/version", version);
        repository(checks, "/repository", repository);
        instanceId(checks, "/instance_id", instanceId);
    }

    private static void name(Checks checks, String place, String name) {
        checks.required(place, name);
        if (name != null && !ModuleId.isName(name)) {
            checks.add(
                    place,
                    "must start with a lower-case letter and have at most 64 lower-case letters, digits and"
                            + " underscores");
        }
    }

    /** A version or a range of versions. */
    public static void range(Checks checks, String place, String range) {
        if (range == null) {
            return;
        }
        checks.optionalLength(place, range, 1, LONGEST_RANGE);
        try {
            VersionRange.parse(range);
        } catch (IllegalArgumentException e) {
            checks.add(place, "must be a version or range such as 1.2.3, ^1.2 or >=1.0 <2");
        }
    }

    public static void repository(Checks checks, String place, String repository) {
        checks.matches(place, repository, REPOSITORY, "1 to 64 lower-case letters, digits and hyphens");
    }

    public static void instanceId(Checks checks, String place, String instanceId) {
        if (instanceId != null && !ModuleId.isInstanceId(instanceId)) {
            checks.add(place, "must be 32 lower-case hexadecimal digits");
        }
    }
}
