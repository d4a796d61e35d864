package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.module.Manifest;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that must fail, each with words that help, and with nothing left behind. */
class ProcessRuntimeRefusalTest {
    @TempDir
    Path folder;

    private ModuleBench bench;
    private ModuleId module;

    @BeforeEach
    void open() throws IOException {
        bench = new ModuleBench(folder);
        module = bench.module("refused");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void assertRefused(String words, String... command) {
        assertThatThrownBy(() -> bench.runtime().start(bench.launch(module, 1, command)))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.type()).isEqualTo(ProblemType.START_FAILED);
                    assertThat(refusal.problem().detail()).contains(words);
                });
        assertThat(bench.runtime().adopt(module, 1)).isInstanceOf(ModuleRuntime.Adoption.NeverStarted.class);
    }

    @Test
    void shouldNameAMissingProgram() {
        assertRefused("no such file as " + bench.tree().resolve("bin/none"), "./bin/none");
        assertRefused("was not found on the module's PATH (/usr/bin:/bin)", "no-such-program-here");
    }

    @Test
    void shouldNameAProgramThatIsNotExecutable() throws IOException {
        bench.script("plain", "#!/bin/sh\n", "rw-r--r--");
        assertRefused("is not executable. Set its x-bit", "./plain");
        assertRefused("is a folder, not a program", bench.tree().toString());
    }

    @Test
    void shouldNameAMissingInterpreter() throws IOException {
        bench.script("script", "#!/opt/none/python9 -u\n", "rwxr-xr-x");
        assertRefused("its interpreter '/opt/none/python9' does not exist", "./script");
    }

    @Test
    void shouldNameAnotherArchitecture() throws IOException {
        byte[] program = Files.readAllBytes(Path.of("/bin/true"));
        int other = program[18] == 62 ? 183 : 62;
        program[18] = (byte) other;
        Files.write(bench.script("foreign", "", "rwxr-xr-x"), program);
        assertRefused("built for the architecture " + (other == 183 ? "arm64" : "amd64"), "./foreign");
    }

    @Test
    void shouldNotHandAFileWithoutFormatToAShell() throws IOException {
        bench.script("data", "echo this is no script\n", "rwxr-xr-x");
        assertRefused("neither a program of this machine nor a script that begins with '#!'", "./data");
        assertThat(bench.logTexts()).isEmpty();
    }

    @Test
    void shouldNameAnUnknownUserAndAMissingFolder() {
        ModuleBench.Wish wish =
                new ModuleBench.Wish(Manifest.Resources.NONE, 0, Optional.of("no_such_user"), bench.logs());
        assertThatThrownBy(() -> bench.runtime().start(bench.launch(module, 1, wish, "/bin/true")))
                .hasMessageContaining("no such user");
        assertThatThrownBy(() -> Program.resolve(List.of("sh"), bench.tree(), "missing", java.util.Map.of()))
                .hasMessageContaining("The working folder 'missing'");
        assertThatThrownBy(() -> Program.resolve(List.of("sh"), bench.tree(), "../..", java.util.Map.of()))
                .hasMessageContaining("leaves the module's tree");
    }

    @Test
    void shouldOnlyLetRootBecomeSomebodyElse() throws IOException {
        Files.writeString(
                folder.resolve("passwd"), "robot:x:1000:1001::/:/bin/sh\nrover:x:1002:1002::/:/bin/sh\nbad\n");
        Files.writeString(folder.resolve("group"), "dialout:x:20:rover,robot\nvideo:x:44:rover\nbad:x:y:robot\n");

        assertThat(new Users(folder, 1000).toBecome("robot")).isEmpty();
        assertThatThrownBy(() -> new Users(folder, 1000).toBecome("rover"))
                .hasMessageContaining("Run the manager as root");
        assertThat(new Users(folder, 0).toBecome("robot")).contains(new Users.User(1000, 1001, List.of(20L, 1001L)));
        assertThat(new Users(folder, 0).toBecome("1002"))
                .contains(new Users.User(1002, 1002, List.of(20L, 44L, 1002L)));
    }

    @Test
    void shouldRefuseArgumentsThatAreTooLong() {
        assertRefused("could not be started", "/bin/echo", "x".repeat(3_000_000));
    }
}
