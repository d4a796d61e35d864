package io.vyra.modulemanager.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ProcessSpec.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxMachineTest {
    @TempDir
    Path root;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void shouldSeeARealListener() throws IOException {
        Machine machine = new LinuxMachine(root);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(machine.portInUse(port, Protocol.TCP)).isTrue();
            assertThat(machine.portInUse(port, Protocol.UDP)).isFalse();
        }
        assertThat(machine.portInUse(port, Protocol.TCP)).isFalse();
        assertThat(machine.freeDiskBytes()).isPositive();
        assertThat(machine.freeMemoryBytes()).isPositive().isLessThanOrEqualTo(machine.totalMemoryBytes());
    }

    @Test
    void shouldCountListenersOnlyNotConnections() throws IOException {
        write("proc/net/tcp", """
                  sl  local_address rem_address   st tx_queue
                   0: 0100007F:1F90 0100007F:C350 01 00000000
                   1: 00000000:1F91 00000000:0000 0A 00000000
                """);
        Machine machine = new LinuxMachine(root, root);

        assertThat(machine.portInUse(8080, Protocol.TCP)).isFalse();
        assertThat(machine.portInUse(8081, Protocol.TCP)).isTrue();
    }

    @Test
    void shouldCountTheLimitOfItsControlGroup() throws IOException {
        write("proc/meminfo", "MemTotal:       1000 kB\nMemFree:  1 kB\nMemAvailable:    800 kB\n");
        Machine machine = new LinuxMachine(root, root);
        assertThat(machine.totalMemoryBytes()).isEqualTo(1_024_000);
        assertThat(machine.freeMemoryBytes()).isEqualTo(819_200);

        write("sys/fs/cgroup/memory.max", "100000\n");
        write("sys/fs/cgroup/memory.current", "40000\n");

        assertThat(machine.totalMemoryBytes()).isEqualTo(100_000);
        assertThat(machine.freeMemoryBytes()).isEqualTo(60_000);
    }

    @Test
    void shouldKnowItsSystemByItsNames() throws IOException {
        write("etc/os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\n");
        Machine machine = new LinuxMachine(root, root);

        assertThat(new String[] {"linux", "Ubuntu", "ubuntu24.04", "ubuntu-24.04", "noble"})
                .allMatch(machine::isSystem);
        assertThat(new String[] {"windows", "ubuntu-22.04", "debian", ""}).noneMatch(machine::isSystem);
    }
}
