package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import java.util.List;

/** Which modules need which. Thread-safe. */
public interface Needs {

    /** Modules that {@code module} needs and that do not run. */
    List<ModuleId> blockersOf(ModuleId module);
}
