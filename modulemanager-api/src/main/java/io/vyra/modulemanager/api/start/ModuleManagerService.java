package io.vyra.modulemanager.api.start;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process. A start that fails for a reason a user can do something about ends with that reason as its last line. */
@QuarkusMain
public final class ModuleManagerService {
    private ModuleManagerService() {}

    public static void main(String... arguments) {
        Quarkus.run(null, ModuleManagerService::ended, arguments);
    }

    private static void ended(int code, Throwable failure) {
        if (failure != null) {
            StartFailure.inWords(failure)
                    .ifPresentOrElse(
                            words -> System.err.println("The module manager did not start. " + words),
                            failure::printStackTrace);
        }
        // Ends the process; in dev mode, where each reload ends one application and starts the next, only what must
        // end.
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
