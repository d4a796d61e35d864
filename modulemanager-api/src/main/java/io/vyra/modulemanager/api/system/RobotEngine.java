package io.vyra.modulemanager.api.system;

import io.vyra.modulemanager.runtime.EngineState;
import io.vyra.modulemanager.runtime.RuntimeGround;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** The engine of modules in containers, if the manager runs such. Thread-safe. */
@Singleton
public class RobotEngine {
    private final Instance<RuntimeGround> ground;

    public RobotEngine(Instance<RuntimeGround> ground) {
        this.ground = ground;
    }

    /** Without asking the engine; {@code ABSENT} where nothing runs modules. */
    EngineState state() {
        return ground.isResolvable() ? ground.get().choice().engine() : EngineState.ABSENT;
    }
}
