package io.vyra.modulemanager.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {
    private final YamlFindings findings = new YamlFindings();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\na: 2          | 2 | twice, first on line 1",
                "a: [1              | 1 | not valid YAML",
                "a: 1\\n---\\nb: 2     | 2 | more than one document",
                "a: *missing        | 1 | not defined",
                "a: &x [*x]         | 1 | not defined",
                "a: !!binary aGk=   | 1 | tag",
                "a: !!int abc       | 1 | tag",
                "a: !java/Runtime x | 1 | tag",
                "a: !thing [1]      | 1 | tag",
                "[1, 2]: 3          | 1 | key",
                "<<: {a: 1}         | 1 | merge key",
                "\"a\\u0000b\": 1   | 1 | control characters",
                "a: \\tb: c          | 1 | not valid YAML"
            })
    void shouldRefuse(String text, int line, String message) {
        assertThat(parse(text.strip().replace("\\n", "\n").replace("\\t", "\t")))
                .isEmpty();

        assertThatThrownBy(() -> findings.throwIfAny(ProblemType.INVALID_MANIFEST))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail())
                                .startsWith("file.yaml:" + line + " ")
                                .contains(message));
    }

    @Test
    void shouldRefuseDeepNestingWithoutRunningOutOfStack() {
        assertThat(parse("[".repeat(100_000))).isEmpty();
        assertThat(parse("a: ".repeat(1) + "{a: ".repeat(40) + "1" + "}".repeat(40)))
                .isEmpty();

        assertThat(findings.hasErrors()).isTrue();
    }

    @Test
    void shouldRefuseAliasBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1) + ", ";
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(10)));
        }

        assertThat(parse(bomb.toString())).isEmpty();
        assertThatThrownBy(() -> findings.throwIfAny(ProblemType.INVALID_MANIFEST))
                .hasMessageContaining("aliases");
    }

    @Test
    void shouldResolveModestAliases() {
        YamlSection root = parse("a: &x {v: 7}\nb: *x\n").orElseThrow().section(findings);

        assertThat(root.section("b").orElseThrow().wholeNumber("v", 0, 10)).hasValue(7);
        assertThat(findings.hasErrors()).isFalse();
    }

    @Test
    void shouldRefuseLargeFilesAndWhatIsNotText(@TempDir Path folder) throws IOException {
        Path large = Files.writeString(folder.resolve("large"), "a: " + "x".repeat(200));
        assertThat(YamlDocument.read(large, "file.yaml", 100, findings)).isEmpty();
        assertThat(YamlDocument.read(large, "file.yaml", 203, findings)).isPresent();
        assertThat(YamlDocument.parse(new byte[] {'a', ':', (byte) 0xff}, "file.yaml", findings))
                .isEmpty();
        assertThat(YamlDocument.read(folder, "file.yaml", 100, findings)).isEmpty();

        assertThatThrownBy(() -> findings.throwIfAny(ProblemType.INVALID_MANIFEST))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors())
                                .extracting(error -> error.detail())
                                .containsExactly(
                                        "file.yaml is larger than 100 bytes",
                                        "file.yaml is not UTF-8 text",
                                        "file.yaml is not a regular file"));
    }

    @Test
    void shouldHaveNothingForAMissingFile(@TempDir Path folder) {
        assertThat(YamlDocument.read(folder.resolve("none"), "file.yaml", 100, findings))
                .isEmpty();
        assertThat(findings.hasErrors()).isFalse();
    }

    @Test
    void shouldReadScalarsByTheCoreSchema() {
        YamlSection root = parse("a: 0x1f\nb: 0o17\nc: -3\nd: '3'\ne: 1e3\nf: .inf\ng: TRUE\nh: 007\n")
                .orElseThrow()
                .section(findings);

        assertThat(root.wholeNumber("a", 0, 100)).hasValue(31);
        assertThat(root.wholeNumber("b", 0, 100)).hasValue(15);
        assertThat(root.wholeNumber("c", -5, 0)).hasValue(-3);
        assertThat(root.text("d")).contains("3");
        assertThat(root.number("e", 0, 10_000)).hasValue(1000);
        assertThat(root.flag("g", false)).isTrue();
        assertThat(root.wholeNumber("h", 0, 100)).hasValue(7);
        assertThat(findings.hasErrors()).isFalse();
        assertThat(root.number("f", 0, 10_000)).isEmpty();
        assertThat(root.wholeNumber("d", 0, 100)).isEmpty();
        assertThat(findings.hasErrors()).isTrue();
    }

    @Test
    void shouldEscapePointersByRfc6901() {
        YamlSection root = parse("'a/b~c': {x: 1}\n").orElseThrow().section(findings);

        assertThat(root.value("a/b~c").orElseThrow().pointer()).isEqualTo("/a~1b~0c");
    }

    private Optional<YamlDocument> parse(String text) {
        return YamlDocument.parse(text.getBytes(StandardCharsets.UTF_8), "file.yaml", findings);
    }
}
