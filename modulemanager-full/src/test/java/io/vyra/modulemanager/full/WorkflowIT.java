package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of CI, which run nowhere but on their hosting service: actionlint reads them and, with ShellCheck, their scripts. */
@Tag("slow")
class WorkflowIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout")).toAbsolutePath().normalize();
    private static final Path ACTIONLINT = CHECKOUT.resolve("modulemanager-full/target/actionlint/actionlint");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    static List<Path> workflows() throws IOException {
        try (Stream<Path> all = Files.list(CHECKOUT.resolve(".github/workflows"))) {
            return all.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void shouldHaveNothingThatActionlintFinds(Path workflow) throws Exception {
        assertThat(actionlint(workflow).successful()).isEmpty();
    }

    /** Without it, a linter that reads nothing would be content with everything. */
    @Test
    void shouldBeToldOfMistakesInWorkflowsAndTheirScripts() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yml"), """
                on: push
                jobs:
                  test:
                    needs: nothing
                    runs-on: ubuntu-24.04
                    steps:
                      - run: rm $FILE
                """);

        Command found = actionlint(wrong);

        assertThat(found.code()).isEqualTo(1);
        assertThat(found.output()).contains("needs job \"nothing\"", "SC2086");
    }

    private static Command actionlint(Path workflow) throws IOException, InterruptedException {
        return Command.run(
                CHECKOUT,
                Map.of(),
                LIMIT,
                List.of(
                        ACTIONLINT.toString(),
                        "-no-color",
                        "-shellcheck=shellcheck",
                        "-pyflakes=",
                        workflow.toString()));
    }
}
