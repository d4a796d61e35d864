package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
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
                // Its probe never passes, so that it always fails in the same step.
                SampleModule.of(NAME, "2.0.0", "sleep 0.05\nexit 9\n").withProbe("{kind: exec, command: ['false']}"));
    }

    /** Of the operation that {@link #begin} begins. */
    Operation.Kind kind() {
        return switch (this) {
            case INSTALL, UPLOAD -> Operation.Kind.INSTALL;
            case UPDATE, BROKEN_UPDATE -> Operation.Kind.UPDATE;
            case ROLLBACK -> Operation.Kind.ROLLBACK;
            case REMOVE -> Operation.Kind.REMOVE;
        };
    }

    /** How the operation ends when nothing gets in its way. */
    Operation.Status ending() {
        return this == BROKEN_UPDATE ? Operation.Status.ROLLED_BACK : Operation.Status.SUCCEEDED;
    }

    abstract void prepare(TestManager manager);

    abstract Operation begin(TestManager manager);

    private static ModuleView module(TestManager manager) {
        ModuleManager modules = manager.modules();
        return modules.module(NAME, TestManager.CALLER);
    }
}
