package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.DesiredState;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** An operation that is interrupted at every step boundary, and what must have been true before and after it. */
public enum CrashScenario {
    INSTALL {
        @Override
        void prepare(TestManager manager) {}

        @Override
        Operation begin(TestManager manager) {
            return manager.modules()
                    .install(
                            new InstallRequest(
                                    NAME, Optional.of("1.0.0"), Optional.empty(), Optional.empty(), Optional.empty()),
                            CommandContext.of(TestManager.CALLER));
        }
    },
    UPLOAD {
        @Override
        void prepare(TestManager manager) {}

        @Override
        Operation begin(TestManager manager) {
            return manager.beginUpload(NAME, "1.0.0");
        }
    },
    UPDATE {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.beginUpdate(module(manager), "1.1.0");
        }
    },
    BROKEN_UPDATE {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.beginUpdate(module(manager), "2.0.0");
        }
    },
    ROLLBACK {
        @Override
        void prepare(TestManager manager) {
            manager.update(manager.install(NAME, "1.0.0"), "1.1.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.modules()
                    .command(module(manager).id(), Command.ROLLBACK, CommandContext.of(TestManager.CALLER));
        }
    },
    REMOVE {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.modules().remove(module(manager).id(), false, CommandContext.of(TestManager.CALLER));
        }
    },
    /** Of a module of which there was one before. */
    REINSTALL {
        @Override
        void prepare(TestManager manager) {
            manager.remove(manager.install(NAME, "1.0.0"));
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.beginInstall(NAME, "1.0.0");
        }
    },
    START {
        @Override
        void prepare(TestManager manager) {
            manager.command(manager.install(NAME, "1.0.0"), Command.STOP);
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.begin(module(manager), Command.START);
        }
    },
    STOP {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.begin(module(manager), Command.STOP);
        }
    },
    RESTART {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.begin(module(manager), Command.RESTART);
        }
    },
    SUSPEND {
        @Override
        void prepare(TestManager manager) {
            manager.install(NAME, "1.0.0");
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.begin(module(manager), Command.SUSPEND);
        }
    },
    RESUME {
        @Override
        void prepare(TestManager manager) {
            manager.command(manager.install(NAME, "1.0.0"), Command.SUSPEND);
        }

        @Override
        Operation begin(TestManager manager) {
            return manager.begin(module(manager), Command.RESUME);
        }
    };

    static final String NAME = "subject";

    static void offer(Path folder) throws IOException {
        offer(folder, new SampleProcesses());
    }

    static void offer(Path folder, SampleRuntime runtime) throws IOException {
        TestManager.offerTo(
                folder,
                runtime,
                SampleModule.wellBehaved(NAME, "1.0.0"),
                SampleModule.wellBehaved(NAME, "1.1.0"),
                // Its probe never passes and it is tried once, so that it always fails in the same way in the same
                // step.
                SampleModule.of(NAME, "2.0.0", "sleep 0.05\nexit 9\n")
                        .withProbe("{kind: exec, command: ['false']}")
                        .withoutRestart());
    }

    /** Of the operation that {@link #begin} begins. */
    Operation.Kind kind() {
        return switch (this) {
            case INSTALL, UPLOAD, REINSTALL -> Operation.Kind.INSTALL;
            case UPDATE, BROKEN_UPDATE -> Operation.Kind.UPDATE;
            case ROLLBACK -> Operation.Kind.ROLLBACK;
            case REMOVE -> Operation.Kind.REMOVE;
            case START -> Operation.Kind.START;
            case STOP -> Operation.Kind.STOP;
            case RESTART -> Operation.Kind.RESTART;
            case SUSPEND -> Operation.Kind.SUSPEND;
            case RESUME -> Operation.Kind.RESUME;
        };
    }

    /** How the operation ends when nothing gets in its way. */
    Operation.Status ending() {
        return this == BROKEN_UPDATE ? Operation.Status.ROLLED_BACK : Operation.Status.SUCCEEDED;
    }

    /** Where a module that is there afterwards is to be. */
    DesiredState desired() {
        return switch (this) {
            case STOP -> DesiredState.STOPPED;
            case SUSPEND -> DesiredState.SUSPENDED;
            case INSTALL, UPLOAD, UPDATE, BROKEN_UPDATE, ROLLBACK, REMOVE, REINSTALL, START, RESTART, RESUME ->
                DesiredState.RUNNING;
        };
    }

    abstract void prepare(TestManager manager);

    abstract Operation begin(TestManager manager);

    private static ModuleView module(TestManager manager) {
        ModuleManager modules = manager.modules();
        return modules.module(NAME, TestManager.CALLER);
    }
}
