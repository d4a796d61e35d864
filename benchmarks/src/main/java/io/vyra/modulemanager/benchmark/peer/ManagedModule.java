package io.vyra.modulemanager.benchmark.peer;

import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.benchmark.core.CoreManager;
import java.io.IOException;
import java.nio.file.Path;

/** This manager with its default settings. */
final class ManagedModule implements Supervisor {
    private final StartSignal signal;
    private final CoreManager manager;
    private final ModuleView module;

    ManagedModule(Path folder, Path shim, StartSignal signal) throws IOException, InterruptedException {
        this.signal = signal;
        this.manager = new CoreManager(folder, shim);
        this.module = manager.install(signal.sample("v2_crashed"));
        manager.command(module, Command.START);
    }

    @Override
    public String describe() {
        return "module manager";
    }

    @Override
    public StartSignal signal() {
        return signal;
    }

    /** A user's word makes the restart budget whole, so that the next crash is a first one. */
    @Override
    public StartSignal.Started renew(StartSignal.Started current) throws InterruptedException {
        manager.command(module, Command.RESTART);
        return signal.next(PATIENCE);
    }

    /** {@link System#nanoTime} when the manager says that this process runs. */
    long runningSince(long pid) throws InterruptedException {
        manager.await("running again", () -> {
            ModuleView view = manager.view(module);
            return view.state().phase() == ModuleView.Phase.RUNNING
                    && view.runtime().pid().filter(it -> it == pid).isPresent();
        });
        return System.nanoTime();
    }

    @Override
    public void close() {
        manager.close();
    }
}
