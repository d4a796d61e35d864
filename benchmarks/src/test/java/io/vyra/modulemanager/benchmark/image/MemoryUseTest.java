package io.vyra.modulemanager.benchmark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryUseTest {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    @TempDir
    private Path group;

    @Test
    void shouldReadAGroupOfVersion2() throws Exception {
        Files.writeString(group.resolve("memory.current"), "1000\n");
        Files.writeString(group.resolve("memory.stat"), "anon 600\nfile 300\ninactive_file 250\n");

        assertThat(MemoryUse.read(group)).isEqualTo(new MemoryUse(750, 600));
    }

    @Test
    void shouldReadAGroupOfVersion1WithItsChildren() throws Exception {
        Files.writeString(group.resolve("memory.usage_in_bytes"), "1000\n");
        Files.writeString(
                group.resolve("memory.stat"), "rss 1\ninactive_file 2\ntotal_rss 600\ntotal_inactive_file 250\n");

        assertThat(MemoryUse.read(group)).isEqualTo(new MemoryUse(750, 600));
    }

    @Test
    void shouldFindTheGroupOfEitherVersion() throws Exception {
        assertThat(MemoryUse.folder(ROOT, List.of("4:cpu,cpuacct:/docker/c", "3:memory:/docker/m", "0::/")))
                .isEqualTo(Path.of("/sys/fs/cgroup/memory/docker/m"));
        assertThat(MemoryUse.folder(ROOT, List.of("0::/system.slice/docker-m.scope")))
                .isEqualTo(Path.of("/sys/fs/cgroup/system.slice/docker-m.scope"));
    }

    @Test
    void shouldSayThatThereIsNoGroup() {
        assertThatThrownBy(() -> MemoryUse.folder(ROOT, List.of("4:cpu:/docker/c")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no control group for memory");
    }
}
