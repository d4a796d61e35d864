package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "dance, There is no command 'dance'",
        "run --dance, run does not know '--dance'",
        "run --port, --port needs a value",
        "run --port 0, '--port takes a number from 1 to 65535, not ''0'''",
        "run --port 65536, '--port takes a number from 1 to 65535, not ''65536'''",
        "run --port 80a, '--port takes a number from 1 to 65535, not ''80a'''",
        "run --repository ftp://host, '--repository takes a file:///, http:// or https:// address or a folder'",
        "test --some, test takes only --all",
        "build --some, build takes only --slim",
        "build --with-containers, --with-containers goes with --slim only",
        "run --with-containers, --with-containers goes with --slim only",
        "image --with-containers, --with-containers goes with --slim only",
        "deb --with-containers, --with-containers goes with --slim only",
        "pack, pack needs the folder of a module",
        "repo list DIR, repo takes: index DIR",
    })
    void shouldRefuseWhatItDoesNotUnderstand(String arguments, String message) throws Exception {
        Command run = run(CHECKOUT.resolve("mm") + " " + arguments);

        assertThat(run.output()).contains(message).contains("./mm help");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void shouldWorkFromAnotherFolderAndThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), CHECKOUT.resolve("mm"));

        Command run = run(link + " help");

        assertThat(run.output()).contains("usage: ./mm COMMAND");
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "true, '', slim",
        "on, '', slim",
        "'', --slim, slim",
        "false, --slim, slim",
        "'', --slim --with-containers, slim-containers",
        "true, --with-containers, slim-containers",
        "'', '', full",
        "0, '', full"
    })
    void shouldStartTheDistributionThatIsAskedFor(String slim, String option, String distribution) throws Exception {
        Path copy = folder.resolve("checkout");
        run("mkdir '" + copy + "' && cp -r '" + CHECKOUT + "'/mm '" + CHECKOUT + "'/launcher '" + copy + "'")
                .successful();

        // Nothing is built in the copy, which it says instead of starting.
        Command run = run("VYRA_SLIM=" + slim + " MM_BUILD=skip '" + copy + "/mm' run " + option);

        assertThat(run.output()).contains("the " + distribution + " build is missing");
    }

    @Test
    void shouldRefuseToGuessWhatVyraSlimMeans() throws Exception {
        Command run = run("VYRA_SLIM=maybe MM_BUILD=skip '" + CHECKOUT.resolve("mm") + "' run");

        assertThat(run.output()).contains("VYRA_SLIM takes true or false, not 'maybe'");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void shouldCountTheResultsOfAllReports() throws Exception {
        report("a/target/surefire-reports/TEST-a.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    name="a" time="0.1" tests="5" errors="1" skipped="1" failures="1">
                  <system-out><![CDATA[
                <testsuite tests="100" errors="0" skipped="0" failures="0">
                ]]></system-out>
                </testsuite>
                """);
        report("b/target/failsafe-reports/TEST-b.xml", """
                <testsuite name="b" tests="2" errors="0" skipped="0" failures="0"/>
                """);
        report("c/target/vitest-reports/TEST-c.xml", """
                <testsuites name="vitest tests" tests="7" failures="0" errors="0">
                    <testsuite name="x" tests="3" failures="1" errors="0" skipped="0" time="0.2">
                    </testsuite>
                    <testsuite name="y" tests="4" failures="0" errors="0" skipped="2" time="0.2">
                    </testsuite>
                </testsuites>
                """);
        report("node_modules/d/target/surefire-reports/TEST-d.xml", """
                <testsuite name="d" tests="50" errors="0" skipped="0" failures="0"/>
                """);

        Command run = run(". '" + CHECKOUT.resolve("launcher/test.sh") + "'; ROOT='" + folder + "' count_results");

        assertThat(run.output().strip()).isEqualTo("8 3 3");
    }

    @ParameterizedTest
    @CsvSource({
        "25.0.3, 25, true", "26, 25, true", "24.0.2, 25, false", "3.9, 3.9, true", "3.10.1, 3.9, true",
        "3.8.7, 3.9, false", "4.0.0-rc-3, 3.9, true", "20.19.0, 20.19, true", "20.9.1, 20.19, false",
                "22.1.0, 20.19, true",
    })
    void shouldCompareVersionsByNumber(String have, String want, boolean sufficient) throws Exception {
        Command run = run(". '" + CHECKOUT.resolve("launcher/toolchain.sh") + "'; at_least " + have + " " + want);

        assertThat(run.code() == 0).as(run.output()).isEqualTo(sufficient);
    }

    private void report(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Command run(String command) throws IOException, InterruptedException {
        return Command.run(folder, Map.of(), Duration.ofSeconds(30), List.of("bash", "-c", command));
    }
}
