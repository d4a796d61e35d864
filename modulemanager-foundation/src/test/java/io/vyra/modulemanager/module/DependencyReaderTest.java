package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyReaderTest {
    @TempDir
    Path folder;

    private TestModule module;

    @BeforeEach
    void setUp() {
        module = new TestModule(folder);
    }

    @Test
    void shouldReadServices() {
        module.dependencies("""
                services:
                  - {module_id: v2_a_0123456789abcdef0123456789abcdef, version: ^2.1.0}
                  - {module_id: v2_b, optional: true, min_sl: high}
                """);

        assertThat(read()).containsExactly("v2_a ^2.1.0 false", "v2_b * true");
    }

    @Test
    void shouldReadTypedEntries() {
        data("[{type: module, name: a, version: 1.2.3}, {type: python, name: NumPy}, {name: b}]");

        assertThat(read()).containsExactly("a 1.2.3 false", "b * false");
    }

    @Test
    void shouldReadPlainNames() {
        data("[a, 'b >=1.0 <2', c^1.2]");

        assertThat(read()).containsExactly("a * false", "b >=1.0 <2 false", "c ^1.2 false");
    }

    @Test
    void shouldReadAMapOfKinds() {
        data("{vyra_modules: [a, {name: b, version: '>=1.0.0'}], python: [numpy==1.0], system: [curl]}");

        assertThat(read()).containsExactly("a * false", "b >=1.0.0 false");
    }

    @Test
    void shouldMergeWhatSeveralFilesSay() {
        data("[a, b, {name: c, version: ^1.0.0}]")
                .dependencies("services: [{module_id: a, version: '>=1.0.0', optional: true}, {module_id: b},"
                        + " {module_id: c, version: '<1.5.0'}]\n");

        assertThat(read()).containsExactly("a >=1.0.0 false", "b * false", "c ^1.0.0 false", "c <1.5.0 false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Bad-Name]                  | /dependencies/0         | module name",
                "[{version: 1.0.0}]          | /dependencies/0         | module_id or name",
                "[{name: a, version: '?!'}] | /dependencies/0/version | version range",
                "[{name: a, optional: no}]   | /dependencies/0/optional| true or false",
                "[3]                         | /dependencies/0         | module name",
                "text                        | /dependencies           | a list",
                "{vyra_modules: a}           | /dependencies/vyra_modules | a list"
            })
    void shouldRefuse(String value, String pointer, String message) {
        assertThat(data(value).errors())
                .singleElement()
                .asString()
                .startsWith(".module/module_data.yaml:3 " + pointer + ": ")
                .contains(message);
    }

    private TestModule data(String dependencies) {
        return module.data("name: sample\nversion: 1.2.3\ndependencies: " + dependencies + "\n");
    }

    private List<String> read() {
        return module.manifest().dependencies().stream()
                .map(dependency -> dependency.name() + " " + dependency.range() + " " + dependency.optional())
                .toList();
    }
}
