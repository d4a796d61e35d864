package io.vyra.modulemanager.catalog;

import io.vyra.modulemanager.module.ProcessSpec;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A machine whose properties a test sets. */
final class FakeMachine implements Machine {
    long freeDisk = 1L << 40;
    long freeMemory = 1L << 30;
    long totalMemory = 2L << 30;
    String architecture = "amd64";
    boolean gpu;
    final Set<String> ports = new HashSet<>();
    final Set<Path> devices = new HashSet<>();

    @Override
    public long freeDiskBytes() {
        return freeDisk;
    }

    @Override
    public long freeMemoryBytes() {
        return freeMemory;
    }

    @Override
    public long totalMemoryBytes() {
        return totalMemory;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public boolean isSystem(String name) {
        return name.equals("linux");
    }

    @Override
    public boolean portInUse(int port, ProcessSpec.Protocol protocol) {
        return ports.contains(protocol + ":" + port);
    }

    @Override
    public boolean hasDevice(Path device) {
        return devices.contains(device);
    }

    @Override
    public boolean hasGpu() {
        return gpu;
    }
}
