package io.vyra.modulemanager.container;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.ModuleChange;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import java.util.Optional;

/** What somebody asks for, in whose midst the engine is killed. */
enum LossAct {
    INSTALL,
    UPLOAD,
    UPDATE,
    /** To a version whose probe never passes. */
    BROKEN_UPDATE,
    /** Cancelled as soon as the new version is on trial. */
    CANCELLED_UPDATE,
    /** Cancelled once the engine is away. */
    LATER_CANCELLED_UPDATE,
    ROLLBACK,
    REMOVE,
    LATER_CANCELLED_REMOVE,
    START,
    STOP,
    LATER_CANCELLED_STOP,
    RESTART,
    SUSPEND,
    RESUME,
    CONFIGURE;

    static final String MODULE = "subject";

    boolean isCancelledOnTrial() {
        return this == CANCELLED_UPDATE;
    }

    boolean isCancelledWithoutEngine() {
        return this == LATER_CANCELLED_UPDATE || this == LATER_CANCELLED_STOP || this == LATER_CANCELLED_REMOVE;
    }

    Operation begin(TestManager manager) {
        return switch (this) {
            case INSTALL -> manager.beginInstall(MODULE, "1.0.0");
            case UPLOAD -> manager.beginUpload(MODULE, "1.0.0");
            case UPDATE, CANCELLED_UPDATE, LATER_CANCELLED_UPDATE -> manager.beginUpdate(module(manager), "1.1.0");
            case BROKEN_UPDATE -> manager.beginUpdate(module(manager), "2.0.0");
            case ROLLBACK -> manager.begin(module(manager), Command.ROLLBACK);
            case REMOVE, LATER_CANCELLED_REMOVE -> manager.beginRemove(module(manager));
            case START -> manager.begin(module(manager), Command.START);
            case STOP, LATER_CANCELLED_STOP -> manager.begin(module(manager), Command.STOP);
            case RESTART -> manager.begin(module(manager), Command.RESTART);
            case SUSPEND -> manager.begin(module(manager), Command.SUSPEND);
            case RESUME -> manager.begin(module(manager), Command.RESUME);
            case CONFIGURE ->
                manager.modules()
                        .change(
                                module(manager).id(),
                                new ModuleChange(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("subject-one"),
                                        Optional.empty(),
                                        Optional.empty()),
                                "*",
                                CommandContext.of(TestManager.CALLER));
        };
    }

    static ModuleView module(TestManager manager) {
        return manager.modules().module(MODULE, TestManager.CALLER);
    }
}
