package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {
    private static final Manifest.Resources ALL =
            new Manifest.Resources(Optional.of(0.5), Optional.of(48L << 20), Optional.of(0.25), Optional.of(8L << 20));

    @TempDir
    Path folder;

    @Test
    void shouldEnforceMemoryAndTellOutOfMemoryOrSayWhyNot() throws Exception {
        try (ModuleBench bench = new ModuleBench(folder)) {
            CgroupLimits limits = CgroupLimits.detect();
            ModuleBench.Wish wish = new ModuleBench.Wish(ALL, 0, Optional.empty(), bench.logs());
            ModuleProcess process = bench.runtime(limits, LogRotation.DEFAULT)
                    .start(bench.launch(
                            bench.module("greedy"),
                            1,
                            wish,
                            "/bin/sh",
                            "-c",
                            "while [ ! -e go ]; do sleep 0.05; done; head -c 200000000 /dev/zero | tail; exit 3"));
            if (limits.support().reason().isPresent()) {
                assertThat(process.unenforcedLimits()).isNotEmpty().allMatch(words -> words.contains(": "));
                return;
            }
            assertThat(process.unenforcedLimits()).isEmpty();
            assertThat(process.usage().orElseThrow().processes()).isGreaterThan(0);
            Files.createFile(bench.tree().resolve("go"));

            ExitEvidence evidence = ModuleBench.end(process);

            assertThat(evidence.outOfMemory()).isTrue();
            assertThat(evidence.inWords()).contains("memory ran out");
        }
    }

    @Test
    void shouldMakeNoGroupsForAModuleWithoutLimits() {
        CgroupLimits limits = CgroupLimits.detect();

        assertThat(limits.create("0123456789ab", 1, Manifest.Resources.NONE))
                .isEqualTo(new ModuleGroups(List.of(), List.of()));
    }

    @Test
    void shouldRemoveTheGroupsOfAnEarlierLaunch() {
        CgroupLimits limits = CgroupLimits.detect();
        ModuleGroups groups = limits.create("0123456789ab", 7, ALL);
        assertThat(groups.folders()).allMatch(Files::isDirectory);

        limits.create("0123456789ab", 8, ALL).remove();

        assertThat(groups.folders()).noneMatch(Files::exists);
    }

    @Test
    void shouldUseADelegatedGroupOfVersionTwo() throws IOException {
        Path parent = Files.createDirectories(folder.resolve("vyra-modulemanager"));
        for (Path group : List.of(folder, parent)) {
            Files.writeString(group.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
            Files.writeString(group.resolve("cgroup.subtree_control"), "cpu memory\n");
        }
        Path group = Files.createDirectories(parent.resolve("key-2"));
        for (String file : List.of("memory.max", "memory.low", "cpu.max", "cpu.weight")) {
            Files.createFile(group.resolve(file));
        }
        CgroupLimits limits = CgroupLimits.detect(new CgroupMounts(Optional.of(folder), Map.of()));

        ModuleGroups groups = limits.create("key", 2, ALL);

        assertThat(limits.support()).isEqualTo(new ModuleRuntime.LimitSupport("cgroup-v2", Optional.empty()));
        assertThat(groups).isEqualTo(new ModuleGroups(List.of(group), List.of()));
        assertThat(group.resolve("memory.max")).hasContent("50331648");
        assertThat(group.resolve("memory.low")).hasContent("8388608");
        assertThat(group.resolve("cpu.max")).hasContent("50000 100000");
        assertThat(group.resolve("cpu.weight")).hasContent("25");
        Files.writeString(group.resolve("memory.events"), "low 0\noom 1\noom_kill 1\noom_group_kill 0\n");
        Files.writeString(group.resolve("memory.stat"), "anon 4096\nfile 99\nfile_mapped 1000\n");
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 2500000\nuser_usec 1\n");
        Files.writeString(group.resolve("cgroup.procs"), "11\n12\n");
        assertThat(groups.ranOutOfMemory()).isTrue();
        assertThat(groups.usage()).contains(new ModuleProcess.Usage(2.5, 5096, 2));
    }

    @Test
    void shouldNotDisturbAGroupThatHoldsSomebodyElsesProcesses() throws IOException {
        Files.writeString(folder.resolve("cgroup.controllers"), "cpu memory\n");
        Files.createDirectory(folder.resolve("cgroup.subtree_control"));
        Files.writeString(folder.resolve("cgroup.procs"), "1\n");

        CgroupLimits limits = CgroupLimits.detect(new CgroupMounts(Optional.of(folder), Map.of()));

        assertThat(limits.support().mechanism()).isEqualTo("none");
        assertThat(limits.support().reason().orElseThrow()).contains("also holds process 1 of somebody else");
        assertThat(limits.create("key", 1, ALL).unenforced())
                .hasSize(4)
                .allMatch(words -> words.contains("is not delegated to the manager"));
    }

    @Test
    void shouldFindTheOwnGroupsInAHybridLayout() throws IOException {
        Path own = Files.createDirectories(folder.resolve("memory/robot/manager"));
        Files.createDirectories(folder.resolve("a cpu"));
        List<String> mounts = List.of(
                "30 29 0:26 / " + folder + "/unified rw shared:8 - cgroup2 cgroup2 rw",
                "31 29 0:27 / " + folder + "/memory rw shared:9 - cgroup cgroup rw,memory",
                "32 29 0:28 /docker/1 " + folder + "/a\\040cpu rw - cgroup cgroup rw,cpu,cpuacct",
                "nonsense",
                "");

        CgroupMounts found = CgroupMounts.parse(
                mounts, List.of("4:memory:/robot/manager", "1:cpu,cpuacct:/docker/1", "0::/", "rubbish"));

        assertThat(found.unified()).contains(folder.resolve("unified"));
        assertThat(found.controllers()).isEqualTo(Map.of("memory", own, "cpu", folder.resolve("a cpu")));
    }

    @Test
    void shouldOnlyRemoveRecordedGroupsThatAreItsOwn() {
        ModuleGroups groups = CgroupLimits.none("-")
                .recorded(
                        List.of(
                                Path.of("/sys/fs/cgroup/vyra-modulemanager/key-1"),
                                Path.of("/sys/fs/cgroup/vyra-modulemanager/../system.slice"),
                                Path.of("/")),
                        List.of());

        assertThat(groups.folders()).containsExactly(Path.of("/sys/fs/cgroup/vyra-modulemanager/key-1"));
    }
}
