package io.vyra.modulemanager.manager;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager.LogFollowing;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.runtime.FolderWatch;
import io.vyra.modulemanager.runtime.LogFiles;
import io.vyra.modulemanager.store.ModuleStore;
import java.util.List;
import java.util.function.Consumer;

/** Reads the log files of modules. Thread-safe. */
final class ModuleLogs {
    private final ModuleStore store;
    private final FolderWatch watch;

    ModuleLogs(ModuleStore store, FolderWatch watch) {
        this.store = store;
        this.watch = watch;
    }

    List<LogLine> tail(ModuleId module, int lines) {
        return files(module).tail(Math.min(lines, LogFiles.MOST_LINES));
    }

    LogFollowing follow(ModuleId module, int lines, Consumer<LogLine> consumer) {
        return files(module).follow(Math.min(lines, LogFiles.MOST_LINES), consumer)::close;
    }

    private LogFiles files(ModuleId module) {
        return new LogFiles(store.logs(module), watch);
    }
}
