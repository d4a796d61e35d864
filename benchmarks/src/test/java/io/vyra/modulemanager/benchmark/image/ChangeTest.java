package io.vyra.modulemanager.benchmark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("checkout"));

    @ParameterizedTest
    @EnumSource
    void shouldAddOneLineToASourceThatThereIs(Change change) throws Exception {
        String source = Files.readString(CHECKOUT.resolve(change.file()));

        String changed = change.in(source, 1);

        assertThat(changed.lines().count()).isEqualTo(source.lines().count() + 1);
        assertThat(change.in(source, 2)).isNotEqualTo(changed);
    }

    @Test
    void shouldAddAMemberToAClass() {
        assertThat(Change.API.in("class A {\n    int a;\n}\n", 7))
                .isEqualTo("class A {\n    int a;\n    static final String CHANGE = \"7\";\n}\n");
    }

    @Test
    void shouldRefuseWhatIsNoClass() {
        assertThatThrownBy(() -> Change.CORE.in("package a;\n", 1)).hasMessageContaining(Change.CORE.file());
    }
}
