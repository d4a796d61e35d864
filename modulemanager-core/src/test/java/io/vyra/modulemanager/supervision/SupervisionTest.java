package io.vyra.modulemanager.supervision;

import static io.vyra.modulemanager.supervision.SupervisionFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.instance.Desired;
import io.vyra.modulemanager.module.ModuleId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {
    private SupervisionFixture robot;

    @BeforeEach
    void begin(@TempDir Path folder) {
        robot = new SupervisionFixture(folder);
    }

    @AfterEach
    void end() {
        robot.close();
    }

    private Set<ModuleId> needsOf(ModuleId module) {
        return robot.needs.getOrDefault(module, Set.of());
    }

    @Test
    void shouldStopDependentsBeforeWhatTheyNeedAndKeepWhatIsDesired() {
        robot.needs.put(id("top"), Set.of(id("middle")));
        robot.needs.put(id("middle"), Set.of(id("base")));
        List.of("base", "middle", "top").forEach(name -> robot.add(name, Desired.RUNNING));
        robot.changes.clear();

        List<ModuleId> alive = robot.supervision.stopAll(this::needsOf, Duration.ofSeconds(5));

        assertThat(alive).isEmpty();
        assertThat(robot.changes.stream()
                        .filter(change -> change.endsWith("→ stopped"))
                        .toList())
                .containsExactly("top: stopping → stopped", "middle: stopping → stopped", "base: stopping → stopped");
        assertThat(robot.registry.all()).allMatch(record -> record.desired() == Desired.RUNNING);
    }

    @Test
    void shouldStopModulesThatNeedEachOther() {
        robot.needs.put(id("hen"), Set.of(id("egg")));
        robot.add("egg", Desired.RUNNING);
        robot.add("hen", Desired.RUNNING);
        robot.needs.put(id("egg"), Set.of(id("hen")));

        assertThat(robot.supervision.stopAll(this::needsOf, Duration.ofSeconds(5)))
                .isEmpty();
        assertThat(robot.runtime.alive()).isEmpty();
    }

    @Test
    void shouldNameWhatDoesNotEndAndStillAskTheOthers() {
        robot.needs.put(id("top"), Set.of(id("base")));
        robot.add("base", Desired.RUNNING);
        robot.add("top", Desired.RUNNING);
        robot.process("top").ignoreStop();

        assertThat(robot.supervision.stopAll(this::needsOf, Duration.ofMillis(50)))
                .containsExactly(id("top"));
        assertThat(robot.runtime.alive()).hasSize(1);
    }

    @Test
    void shouldLetGoOfAModuleThatIsRemoved() {
        ModuleSupervisor beacon = robot.add("beacon", Desired.RUNNING);

        robot.supervision.remove(id("beacon"));

        assertThat(robot.supervision.find(id("beacon"))).isEmpty();
        beacon.desiredChanged("too late");
        assertThat(robot.starts("beacon")).isEqualTo(1);
    }
}
