package io.vyra.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleStateTest {
    private final List<String> told = new ArrayList<>();
    private final ModuleState state = new ModuleState((before, after) -> told.add(before.wire() + ">" + after.wire()));

    @Test
    void shouldStartAsVyraModulesDo() {
        assertThat(state.now())
                .isEqualTo(new ModuleState.Layers(Lifecycle.INITIALIZING, Operational.IDLE, Health.HEALTHY));
    }

    @Test
    void shouldTellOfEveryStep() {
        state.become(Lifecycle.ACTIVE);
        state.become(Operational.READY);
        state.become(Operational.RUNNING);
        state.become(Operational.RUNNING);
        state.become(Lifecycle.SUSPENDED);
        state.become(Lifecycle.ACTIVE);

        assertThat(told)
                .containsExactly(
                        "Initializing>Active", "Idle>Ready", "Ready>Running", "Active>Suspended", "Suspended>Active");
    }

    @Test
    void shouldNotTakeAStepThatThereIsNot() {
        assertThatIllegalStateException()
                .isThrownBy(() -> state.become(Lifecycle.SUSPENDED))
                .withMessage("A module that is Initializing does not become Suspended next");
        assertThatIllegalStateException().isThrownBy(() -> state.become(Operational.RUNNING));

        assertThat(told).isEmpty();
    }

    @Test
    void shouldRecoverAndStopWhenItsHealthIsCritical() {
        state.become(Lifecycle.ACTIVE);
        state.become(Operational.READY);
        told.clear();

        state.become(Health.CRITICAL);

        assertThat(told).containsExactly("Healthy>Critical", "Active>Recovering", "Ready>Stopped");
    }

    @Test
    void shouldNotRecoverOnItsWayOut() {
        state.become(Lifecycle.ACTIVE);
        state.become(Lifecycle.SHUTTING_DOWN);

        state.become(Health.CRITICAL);

        assertThat(state.now().lifecycle()).isEqualTo(Lifecycle.SHUTTING_DOWN);
    }

    @Test
    void shouldBeIdleOnceItIsOffline() {
        state.become(Lifecycle.ACTIVE);
        state.become(Operational.READY);
        state.become(Operational.PAUSED);

        state.become(Lifecycle.SHUTTING_DOWN);
        assertThat(state.now().operational()).isEqualTo(Operational.PAUSED);
        state.become(Lifecycle.OFFLINE);

        assertThat(state.now().operational()).isEqualTo(Operational.IDLE);
    }
}
