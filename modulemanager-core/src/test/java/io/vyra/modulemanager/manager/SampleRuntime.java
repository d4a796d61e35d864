package io.vyra.modulemanager.manager;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What sample modules run in: how their packages say so, and what a manager needs to run them. One serves several managers. */
public interface SampleRuntime {

    /** Of {@code runtime.kind} in the API. */
    String kind();

    /**
     * Completes the package of a module, whose {@code run.sh} is there already: writes {@code .module/module_runtime.yaml}, and the files that
     * it names.
     *
     * @param tree of the package
     */
    void pack(SampleModule module, Path tree) throws IOException;

    /** How long a new version is on trial: long enough to hear of an end in it. */
    Duration probation();

    /** Makes a manager able to run such modules. Called before the manager starts; the result is closed after it. */
    Plug plug(ManagerAssembly assembly);

    /**
     * Main processes of modules of the manager with this data folder, and nothing else that it started.
     *
     * @throws AssertionError when something is left of one that has ended
     */
    List<Long> processes(Path data);

    /** Waits until nothing is left outside of the data folder but what so many kept versions of modules need. */
    default void awaitTidy(Path data, int versions) {}

    /** What a manager that has ended leaves outside of its folder, and a test must not. */
    default void tidyUp(Path data) {}

    /** A runtime in a manager. */
    interface Plug extends AutoCloseable {
        @Override
        void close();
    }
}
