package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.module.ProcessSpec.Port;
import io.vyra.modulemanager.module.ProcessSpec.Protocol;
import io.vyra.modulemanager.module.ProcessSpec.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleRuntimeFileTest {
    @TempDir
    Path folder;

    private TestModule module;

    @BeforeEach
    void setUp() {
        module = new TestModule(folder);
    }

    @Test
    void shouldReadEveryKey() {
        module.runtime("""
                kind: process
                command: [bin/run, "--speed", "5"]
                working_dir: work/here
                env: {MODE: fast, LEVEL: 3}
                stop: {signal: SIGINT, timeout_seconds: 2.5}
                probe: {kind: http, port: 8081, path: /health}
                ports: [8081, {name: video, port: 5004, protocol: UDP}]
                pausable: true
                nice: -5
                oom_score_adjust: 500
                user: robot
                """);

        assertThat(module.manifest().process())
                .contains(new ProcessSpec(
                        List.of("bin/run", "--speed", "5"),
                        "work/here",
                        Map.of("MODE", "fast", "LEVEL", "3"),
                        new Stop("INT", Duration.ofMillis(2500)),
                        new Probe.Http(8081, "/health"),
                        List.of(new Port("8081", 8081, Protocol.TCP), new Port("video", 5004, Protocol.UDP)),
                        true,
                        -5,
                        500,
                        Optional.of("robot")));
    }

    @Test
    void shouldUseDefaultsForAllButTheCommand() {
        module.runtime("kind: process\ncommand: [sh, run.sh]\n");

        assertThat(module.manifest().process())
                .contains(new ProcessSpec(
                        List.of("sh", "run.sh"),
                        ".",
                        Map.of(),
                        Stop.DEFAULT,
                        new Probe.Alive(),
                        List.of(),
                        false,
                        0,
                        0,
                        Optional.empty()));
    }

    @Test
    void shouldReadEveryKeyOfAContainer() {
        module.runtime("""
                kind: container
                image: {archive: images/camera.tar.gz, sha256: %s}
                entrypoint: [/bin/run]
                command: ["--speed", "5"]
                working_dir: /work
                network: host
                storage: /workspace/storage
                read_only: false
                capabilities: [cap_net_raw, SYS_NICE]
                init: true
                privileged: true
                host_pid: true
                mounts: [{source: /opt/maps}, {source: /opt/logs, target: /logs, read_only: false}]
                user: robot
                """.formatted("ab".repeat(32)));

        assertThat(module.manifest().process()).hasValueSatisfying(process -> {
            assertThat(process.command()).containsExactly("--speed", "5");
            assertThat(process.workingDir()).isEqualTo("/work");
            assertThat(process.user()).contains("robot");
            assertThat(process.programs()).isEmpty();
            assertThat(process.container())
                    .contains(new ContainerSpec(
                            new ContainerSpec.Image.Archive("images/camera.tar.gz", Optional.of("ab".repeat(32))),
                            List.of("/bin/run"),
                            Optional.of("host"),
                            "/workspace/storage",
                            false,
                            List.of("NET_RAW", "SYS_NICE"),
                            true,
                            new ContainerSpec.Wishes(
                                    true,
                                    true,
                                    List.of(
                                            new ContainerSpec.Mount("/opt/maps", "/opt/maps", true),
                                            new ContainerSpec.Mount("/opt/logs", "/logs", false)))));
        });
    }

    @Test
    void shouldTakeAnImageOfTheRepository() {
        module.runtime("kind: container\nimage: {variant: slim-production}\n");

        assertThat(module.manifest().process().flatMap(process -> process.container()))
                .hasValueSatisfying(container ->
                        assertThat(container.image()).isEqualTo(new ContainerSpec.Image.Offered("slim-production")));
    }

    @Test
    void shouldLockAContainerInThatSaysNothing() {
        module.runtime("kind: container\nimage: {reference: 'registry/camera:1'}\n");

        assertThat(module.manifest().process()).hasValueSatisfying(process -> {
            assertThat(process.command()).isEmpty();
            assertThat(process.workingDir()).isEmpty();
            assertThat(process.container())
                    .contains(new ContainerSpec(
                            new ContainerSpec.Image.Reference("registry/camera:1"),
                            List.of(),
                            Optional.empty(),
                            "/storage",
                            true,
                            List.of(),
                            false,
                            ContainerSpec.Wishes.NONE));
        });
    }

    @ParameterizedTest
    @CsvSource({"start-first, START_FIRST", "stop-first, STOP_FIRST"})
    void shouldReadWhatComesFirstInAnUpdate(String text, UpdateOrder order) {
        module.runtime("kind: container\nimage: {reference: a}\nupdate: {order: " + text + "}\n");

        assertThat(module.manifest().process().flatMap(ProcessSpec::container).map(ContainerSpec::order))
                .contains(order);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nice: 5                                            | /nice            | unknown key",
                "working_dir: work                                  | /working_dir     | absolute path",
                "storage: /                                         | /storage         | absolute path",
                "storage: /a/../b                                   | /storage         | absolute path",
                "network: 'a b'                                     | /network         | network of the engine",
                "capabilities: ['*']                                | /capabilities/0  | capability",
                "mounts: [{target: /x}]                             | /mounts/0        | source",
                "mounts: [{source: etc}]                            | /mounts/0/source | absolute path",
                "mounts: [{source: '/etc:/etc'}]                    | /mounts/0/source | absolute path",
                "update: {order: new-first}                         | /update/order    | start-first or stop-first",
                "update: {order: start-first, parallel: 2}          | /update/parallel | unknown key",
            })
    void shouldRefuseInAContainer(String line, String pointer, String words) {
        assertThat(module.runtime("kind: container\nimage: {reference: a}\n" + line + "\n")
                        .errors())
                .singleElement()
                .asString()
                .contains(pointer, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | ''               | must have an image",
                "image: {}                                          | /image           | either an archive",
                "image: {archive: a, reference: b}                  | /image           | either an archive",
                "image: {variant: production, reference: b}         | /image           | either an archive",
                "image: {variant: Production!}                      | /image/variant   | a variant such as production",
                "image: {variant: production, sha256: abc}          | /image/sha256    | 64 lower-case",
                "image: {archive: ../a}                             | /image/archive   | inside the module",
                "image: {archive: /a}                               | /image/archive   | inside the module",
                "image: {archive: a, sha256: abc}                   | /image/sha256    | 64 lower-case",
                "image: {reference: a, sha256: abc}                 | /image/sha256    | 64 lower-case",
                "image: {reference: 'A B'}                          | /image/reference | registry/name",
                "image: {archive: a, tag: b}                        | /image/tag       | unknown key",
            })
    void shouldRefuseAnImage(String line, String pointer, String words) {
        assertThat(module.runtime("kind: container\n" + line + "\n").errors())
                .isNotEmpty()
                .first()
                .asString()
                .contains(pointer, words);
    }

    @Test
    void shouldKnowNoOtherKind() {
        assertThat(module.runtime("kind: wasm\ncommand: [sh]\n").errors())
                .singleElement()
                .asString()
                .contains("/kind", "process or container");
        assertThat(module.runtime("kind: process\ncommand: [sh]\nprivileged: true\n")
                        .errors())
                .singleElement()
                .asString()
                .contains("/privileged", "unknown key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probe: {kind: process}",
                "probe: {kind: exec, command: [bin/check]}",
                "probe: {kind: tcp, port: 80}",
                "probe: {kind: http, port: 80}",
                "probe: {kind: heartbeat, max_age_seconds: 3}",
                "probe: {kind: zenoh, queryable: get_state}",
                "probe: {kind: zenoh, token: alive}",
                "probe: {kind: zenoh, token: nav/alive}",
                "probe: {kind: zenoh, max_age_seconds: 15}",
                "probe: {kind: ros2, nodes: [/arm/driver]}",
                "probe: {kind: ros2, nodes: [/a], lifecycle_nodes: [/b, /c/d]}",
                "stop: {signal: hup}",
                "working_dir: a/../b",
                "user: 1000"
            })
    void shouldAccept(String line) {
        assertThat(module.runtime("kind: process\ncommand: [/bin/sh]\n" + line + "\n")
                        .errors())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"env: {A: %s}, /env/A", "'probe: {kind: exec, command: [sh, %s]}', /probe/command/1"})
    void shouldRefuseATextThatNoProgramCanBeGiven(String line, String pointer) {
        String longest = "x".repeat((128 << 10) - 1 - "A=".length());

        assertThat(module.runtime("kind: process\ncommand: [sh]\nenv: {A: " + longest + "}\n")
                        .errors())
                .isEmpty();
        assertThat(module.runtime("kind: process\ncommand: [sh]\n" + line.formatted(longest + "xxx") + "\n")
                        .errors())
                .singleElement()
                .asString()
                .contains(pointer, "131071");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restart: no                                       | /restart         | unknown key",
                "commands: [x]                                     | /commands        | unknown key",
                "env: {A B: x}                                     | /env/A B         | environment variable",
                "env: {A: true}                                    | /env/A           | in quotes",
                "env: {A: }                                        | /env/A           | is empty",
                "working_dir: /etc                                 | /working_dir     | inside",
                "working_dir: a/../..                              | /working_dir     | inside",
                "stop: {signal: KILL}                              | /stop/signal     | one of",
                "stop: {timeout_seconds: ten}                      | /stop/timeout_seconds | number",
                "stop: {timeout: 10}                               | /stop/timeout    | unknown key",
                "stop: TERM                                        | /stop            | a map",
                "probe: {kind: ping}                               | /probe/kind      | one of",
                "probe: {kind: tcp}                                | /probe           | port",
                "probe: {kind: tcp, port: 0}                       | /probe/port      | between 1",
                "probe: {kind: tcp, port: 80, path: /}             | /probe/path      | unknown key",
                "probe: {kind: http, port: 80, path: health}       | /probe/path      | starts with /",
                "probe: {kind: exec}                               | /probe           | command",
                "probe: {kind: exec, command: []}                  | /probe/command   | program",
                "probe: {kind: zenoh}                              | /probe           | exactly one of",
                "probe: {kind: zenoh, token: a, max_age_seconds: 1} | /probe          | exactly one of",
                "probe: {kind: zenoh, queryable: /get_state}       | /probe/queryable | segments",
                "probe: {kind: zenoh, token: '*'}                  | /probe/token     | segments",
                "probe: {kind: zenoh, max_age_seconds: 0}          | /probe/max_age_seconds | between 0.1",
                "probe: {kind: zenoh, token: a, port: 80}          | /probe/port      | unknown key",
                "probe: {kind: ros2}                               | /probe           | nodes or lifecycle_nodes",
                "probe: {kind: ros2, nodes: []}                    | /probe/nodes     | a list of 1 to 64",
                "probe: {kind: ros2, nodes: /arm}                  | /probe/nodes     | a list of 1 to 64",
                "probe: {kind: ros2, lifecycle_nodes: [arm]}       | /probe/lifecycle_nodes | full names",
                "probe: {kind: ros2, nodes: [/arm], token: a}      | /probe/token     | unknown key",
                "ports: 80                                         | /ports           | a list",
                "ports: [\"80\"]                                   | /ports/0         | whole number",
                "ports: [80, 80]                                   | /ports/1         | repeats",
                "ports: [65536]                                    | /ports/0         | 65535",
                "ports: [{name: web}]                              | /ports/0         | port",
                "ports: [{name: W-B, port: 1}]                     | /ports/0/name    | lower-case",
                "ports: [{name: w, port: 1, protocol: sctp}]       | /ports/0/protocol| tcp or udp",
                "pausable: yes                                     | /pausable        | YAML 1.2",
                "nice: 20                                          | /nice            | between -20 and 19",
                "oom_score_adjust: -1                              | /oom_score_adjust| between 0",
                "user: Root User                                   | /user            | user name"
            })
    void shouldRefuse(String line, String pointer, String message) {
        assertThat(module.runtime("kind: process\ncommand: [bin/run]\n" + line + "\n")
                        .errors())
                .singleElement()
                .asString()
                .startsWith(".module/module_runtime.yaml:3 " + pointer + ": ")
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command: bin/run --fast | a list",
                "command: []             | name a program",
                "command: [\"\"]         | name a program",
                "command: [sleep, 5]     | in quotes: \"5\"",
                "command: [../run]       | lead out",
                "command: [bin/../../run]| lead out",
                "command: [a, [b]]       | a text"
            })
    void shouldRefuseACommandThatIsNone(String line, String message) {
        assertThat(module.runtime("kind: process\n" + line + "\n").errors())
                .singleElement()
                .asString()
                .contains("/command")
                .contains(message);
    }

    @Test
    void shouldRefuseAnEmptyFile() {
        assertThat(module.runtime("# later\n").errors())
                .hasSize(2)
                .anyMatch(error -> error.contains("/kind"))
                .anyMatch(error -> error.contains("command"));
    }
}
