package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.operation.StepBoundary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manager goes by. */
class OwnNameTest {
    @TempDir
    private Path folder;

    private ManagerSettings named(String name) {
        ManagerSettings usual = TestManager.settings(folder);
        return new ManagerSettings(
                name,
                usual.data(),
                usual.shim(),
                usual.managerUrl(),
                usual.environment(),
                usual.slim(),
                usual.restoreFrom(),
                usual.seeds(),
                usual.probation(),
                usual.operationTimeout(),
                usual.refreshEvery(),
                usual.restarts(),
                usual.retention(),
                usual.logRotation(),
                usual.planLimits(),
                usual.transferLimits(),
                usual.unpackLimits());
    }

    private ModuleId self(String name) {
        try (ManagerAssembly assembly = new ManagerAssembly(named(name), StepBoundary.NONE)) {
            return assembly.moduleManager().self();
        }
    }

    @Test
    void shouldKeepItsUuidUnderAnotherName() {
        ModuleId first = self(ManagerSettings.DEFAULT_NAME);
        ModuleId renamed = self("cell_4_manager");

        assertThat(first.name()).isEqualTo("v2_modulemanager");
        assertThat(renamed).isEqualTo(new ModuleId("cell_4_manager", first.instanceId()));
    }

    @Test
    void shouldNotTakeANameThatNoModuleCanHave() {
        assertThatThrownBy(() -> named("Cell 4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Cell 4'");
    }
}
