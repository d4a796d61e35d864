package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.module.ModuleId;
import java.util.List;
import java.util.Set;

/** Which modules need which. Thread-safe. */
public interface Needs {

    /** Modules that {@code module} needs and that do not run. */
    List<ModuleId> blockersOf(ModuleId module);

    /** All installed modules that {@code module} needs or would use, whether they run or not. */
    Set<ModuleId> needsOf(ModuleId module);
}
