package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.request.Checks;
import io.vyra.modulemanager.request.ModuleFields;
import java.util.Optional;

/** What to install. */
record InstallBody(String name, String version, String repository, String instanceId, Boolean start) {
    void check(Checks checks) {
        ModuleFields.install(checks, name, version, repository, instanceId);
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
