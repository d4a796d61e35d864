package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.Architecture;
import io.vyra.modulemanager.module.ProcessSpec;
import java.nio.file.Path;

/** What the machine offers, now. Thread-safe. */
public interface Machine {

    /** Bytes that may still be written where modules are kept. */
    long freeDiskBytes();

    /** Bytes of memory that can be used without swapping. */
    long freeMemoryBytes();

    /** Bytes of memory the machine, or the container the manager lives in, has altogether. */
    long totalMemoryBytes();

    /** {@code amd64}, {@code arm64}, …: see {@link Architecture#normalise}. */
    String architecture();

    /** Whether this is the operating system or distribution a manifest names, for example {@code linux}. */
    boolean isSystem(String name);

    /** Whether some process listens on the port, on any address. */
    boolean portInUse(int port, ProcessSpec.Protocol protocol);

    boolean hasDevice(Path device);

    boolean hasGpu();
}
