package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.module.Manifest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shim writes into a module's log, and how it is read. */
class ModuleLogTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private ModuleBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new ModuleBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private LogFiles log() {
        return new LogFiles(bench.logs(), bench.watch);
    }

    private ProcessRuntime rotating(long bytes, int kept) {
        return bench.runtime(CgroupLimits.none("not for this test"), new LogRotation(bytes, kept));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void shouldLoseNoLineOfAFloodOverManyRotationsEvenForAFollower() throws Exception {
        List<String> followed = Collections.synchronizedList(new ArrayList<>());
        LogFiles.Following following = log().follow(0, line -> followed.add(line.text()));
        try {
            ModuleProcess process = rotating(1 << 20, 30).start(bench.shell("seq 1 200000; exit 5"));

            assertThat(process.exit().get(60, TimeUnit.SECONDS).code()).hasValue(5);

            Awaitility.await().atMost(LONG).until(() -> followed.size() >= 200_000);
        } finally {
            following.close();
        }
        assertThat(followed).isEqualTo(numbers(1, 200_000));
        assertThat(log().tail(10_000).stream().map(LogLine::text)).isEqualTo(numbers(190_001, 200_000));
        assertThat(allLines()).isEqualTo(numbers(1, 200_000));
        try (Stream<Path> files = Files.list(bench.logs())) {
            assertThat(files)
                    .hasSizeGreaterThan(5)
                    .allMatch(file -> file.toFile().length() <= 1 << 20);
        }
    }

    private List<String> allLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int age = 100; age >= 0; age--) {
            Path file = bench.logs().resolve(age == 0 ? "module.log" : "module.log." + age);
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(line -> lines.add(line.substring(line.indexOf(" F ") + 3)));
            }
        }
        return lines;
    }

    @Test
    void shouldKeepNoMoreFilesThanConfigured() throws Exception {
        ModuleBench.end(rotating(65_536, 2).start(bench.shell("seq 1 50000")));

        try (Stream<Path> files = Files.list(bench.logs())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("module.log", "module.log.1", "module.log.2");
        }
        assertThat(log().tail(3)).extracting(LogLine::text).containsExactly("49998", "49999", "50000");
    }

    @Test
    void shouldSplitLongLinesAndPassBinaryOutput() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        ModuleProcess process = bench.runtime()
                .start(bench.shell(
                        "head -c 40000 /dev/zero | tr '\\0' 'x'; echo; printf 'a\\000\\377b\\n\\n'; printf last >&2"));
        ModuleBench.end(process);

        List<LogLine> lines = log().tail(100);

        assertThat(lines)
                .extracting(line -> line.text().length())
                .containsExactlyInAnyOrder(16384, 16384, 7232, 4, 0, 4);
        assertThat(lines).extracting(LogLine::text).contains("a\0\ufffdb", "last");
        assertThat(lines).allMatch(line -> line.at().isAfter(before));
        assertThat(lines).filteredOn(line -> line.stream().equals("stderr")).hasSize(1);
        assertThat(Files.readString(bench.logs().resolve("module.log"), StandardCharsets.ISO_8859_1))
                .containsPattern("(?m)^[0-9-]{10}T[0-9:]{8}\\.[0-9]{9}Z stdout P x{16384}$");
    }

    @Test
    void shouldNotSplitInsideACharacter() throws Exception {
        ModuleBench.end(bench.runtime()
                .start(bench.shell("printf a; i=0; while [ $i -lt 10000 ]; do printf 'ö'; i=$((i+1)); done; echo")));

        assertThat(String.join("", bench.logTexts())).isEqualTo("a" + "ö".repeat(10_000));
        assertThat(bench.logTexts()).hasSize(2);
    }

    @Test
    void shouldGoOnInTheSameLogAfterARestart() throws Exception {
        ModuleBench.end(bench.runtime().start(bench.shell("echo one")));
        Files.writeString(
                bench.logs().resolve("module.log"),
                "2026-01-01T00:00:00.000000000Z stdout F half a li",
                java.nio.file.StandardOpenOption.APPEND);
        ModuleBench.end(bench.runtime().start(bench.shell("echo two")));

        assertThat(bench.logTexts()).containsExactly("one", "half a li", "two");
    }

    @Test
    void shouldServeOthersWhileAClientIsStalledAndTheModuleFloods() throws Exception {
        LaunchSpec launch = bench.shell("while :; do echo flood flood flood flood flood; done");
        ModuleProcess process = rotating(1 << 20, 1).start(launch);
        Path socket = bench.runFolder().resolve(RunFolder.key(launch.module()) + ".sock");
        List<SocketChannel> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                client.connect(UnixDomainSocketAddress.of(socket));
                client.configureBlocking(false);
                stalled.add(client);
                /* Never reads an answer. */
                ByteBuffer commands = ByteBuffer.wrap("bogus\n".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
                try {
                    client.write(commands);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("Broken pipe");
                }
            }
            process.pause();
            Awaitility.await().until(process::isPaused);
            process.kill();
            assertThat(ModuleBench.end(process).signal()).hasValue(9);
        } finally {
            for (SocketChannel client : stalled) {
                client.close();
            }
        }
    }

    @Test
    void shouldNeverBlockAModuleOnAFullDiskAndCountWhatWasLost() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assertThat(bench.processes.ownUser())
                .as("mounting a small file system takes root, as CI has it")
                .isZero();
        mount("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString());
        try {
            ModuleBench.Wish wish = new ModuleBench.Wish(Manifest.Resources.NONE, 0, Optional.empty(), small);
            ModuleProcess process = bench.runtime()
                    .start(bench.launch(
                            bench.module("full"),
                            1,
                            wish,
                            "/bin/sh",
                            "-c",
                            "dd if=/dev/zero of=" + small
                                    + "/ballast bs=1k count=100 2>/dev/null; seq 1 20000; touch full;"
                                    + " while [ ! -e room ]; do sleep 0.05; done; echo after; exit 3"));
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> Files.exists(bench.tree().resolve("full")));
            List<String> whenFull = tail(small);
            assertThat(whenFull).isEqualTo(numbers(1, whenFull.size()));
            Files.delete(small.resolve("ballast"));
            Awaitility.await().atMost(LONG).until(() -> tail(small).size() > whenFull.size());
            Files.createFile(bench.tree().resolve("room"));

            ExitEvidence evidence = ModuleBench.end(process);

            assertThat(evidence.code()).hasValue(3);
            assertThat(tail(small).subList(whenFull.size(), whenFull.size() + 2))
                    .containsExactly(
                            "[module-shim] " + (20_000 - whenFull.size())
                                    + " lines of this log were lost: they could not be written",
                            "after");
        } finally {
            mount("umount", "-l", small.toString());
        }
    }

    private List<String> tail(Path logs) {
        return new LogFiles(logs, bench.watch)
                .tail(LogFiles.MOST_LINES).stream().map(LogLine::text).toList();
    }

    private static void mount(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void shouldBeginWithTheLastLinesAndGoOnWithoutAGap() throws Exception {
        Path file = bench.logs().resolve("module.log");
        Files.writeString(file, "x stdout F 0\n");
        assertThat(log().tail(5)).containsExactly(new LogLine(Instant.EPOCH, "stdout", "x stdout F 0"));
        Files.writeString(file, cri("1") + cri("2") + cri("3"));
        List<String> followed = Collections.synchronizedList(new ArrayList<>());

        LogFiles.Following following = log().follow(2, line -> followed.add(line.text()));
        try {
            Awaitility.await().until(() -> followed.size() == 2);
            Files.writeString(file, cri("4"), java.nio.file.StandardOpenOption.APPEND);
            Awaitility.await().until(() -> followed.size() == 3);
            Files.move(file, bench.logs().resolve("module.log.1"));
            Files.writeString(file, cri("5"));
            Awaitility.await().until(() -> followed.size() == 4);
        } finally {
            following.close();
        }

        assertThat(followed).containsExactly("2", "3", "4", "5");
        assertThat(log().tail(0)).isEmpty();
        assertThat(log().tail(4)).extracting(LogLine::text).containsExactly("2", "3", "4", "5");
        assertThat(new LogFiles(folder.resolve("none"), bench.watch).tail(7)).isEmpty();
    }

    private static String cri(String text) {
        return "2026-11-22T20:00:00.123456789Z stdout F " + text + "\n";
    }
}
