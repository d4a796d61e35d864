package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerLabelTest {
    private static final ModuleId MANAGER = new ModuleId("v2_modulemanager", "0123456789abcdef".repeat(2));
    private static final String BLOCK = "labels:\n  modulemanager:\n    module_id: " + MANAGER + "\n";

    @TempDir
    Path folder;

    private TestModule module;
    private Path file;

    @BeforeEach
    void setUp() {
        module = new TestModule(folder);
        file = folder.resolve(ManifestReader.PARAMS_FILE);
    }

    @Test
    void shouldCreateAMissingFile() {
        ManagerLabel.write(folder, MANAGER);

        assertThat(file).hasContent(BLOCK);
        assertThat(module.manifest().labels()).containsOnlyKeys(ManagerLabel.KEY);
    }

    @Test
    void shouldAppendAndKeepTextAndComments() {
        String text = "# who may what\npermissions: {visible: true} # all\n\n# the end";
        module.params(text);

        ManagerLabel.write(folder, MANAGER);

        assertThat(file).hasContent(text + "\n" + BLOCK);
    }

    @Test
    void shouldReplaceOnlyTheValue() {
        String text = "labels: # ours\n  team: motion\n  modulemanager:\n    module_id: %s # who\n    other: 1\n";
        module.params(text.formatted("\"old\""));

        ManagerLabel.write(folder, MANAGER);

        assertThat(file).hasContent(text.formatted(MANAGER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# only a comment\n",
                "---\n# start\npermissions: {visible: true}\n",
                "permissions: {visible: true}\n...\n",
                "{permissions: {visible: true}}\n",
                "{}\n",
                "~\n",
                "labels:\n",
                "labels: # none yet\nbehavior: {auto_start: false}\n",
                "labels: {}\n",
                "labels: ~\n",
                "labels: {team: motion}\n",
                "labels:\n  team: motion\n",
                "labels:\n    deep:\n        er: 1\n    team: größe\n",
                "labels:\n  modulemanager:\n",
                "labels:\n  modulemanager: {}\n",
                "labels:\n  modulemanager:\n    other: 1\n",
                "labels:\n  modulemanager:\n    module_id:\n",
                "labels: {modulemanager: {module_id: 'x'}, team: a}\n",
                "\"labels\":\n  'modulemanager':\n    \"module_id\": |\n      old\n",
                "security:\n  text: |\n    labels:\n      x\n",
                "security: &s {a: 1}\nlabels: {copy: *s}\n",
                "# ä 😀\nlabels:\n  x: \"😀\"\n  modulemanager: {module_id: old}\n",
                "permissions:\r\n  visible: true\r\nlabels:\r\n  team: a\r\n"
            })
    void shouldLabelEveryLayoutAndChangeNothingElse(String text) throws IOException {
        Manifest before = module.params(text).manifest();

        ManagerLabel.write(folder, MANAGER);

        Manifest after = module.manifest();
        assertThat(after.labels()).containsEntry(ManagerLabel.KEY, MANAGER.toString());
        assertThat(after.permissions()).isEqualTo(before.permissions());
        assertThat(after.behavior()).isEqualTo(before.behavior());
        before.labels().forEach((key, value) -> {
            if (!key.startsWith("modulemanager")) {
                assertThat(after.labels()).containsEntry(key, value);
            }
        });
        String once = Files.readString(file);
        ManagerLabel.write(folder, MANAGER);
        assertThat(file).hasContent(once);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void shouldKeepTheFilesMode() throws IOException {
        module.params("labels: {}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        ManagerLabel.write(folder, MANAGER);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "security: &s {a: 1}~labels: *s~ | plain map",
                "labels: text~                   | a map",
                "labels: [a]~                    | a map"
            })
    void shouldRefuseWhatCannotBeLabelled(String text, String message) {
        String written = text.strip().replace("~", "\n");
        module.params(written);

        assertThatThrownBy(() -> ManagerLabel.write(folder, MANAGER))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.INVALID_MANIFEST))
                .hasMessageContaining(message);
        assertThat(file).hasContent(written);
    }
}
