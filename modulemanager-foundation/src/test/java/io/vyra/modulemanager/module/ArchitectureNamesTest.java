package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureNamesTest {
    @ParameterizedTest
    @CsvSource({
        "x86_64, amd64",
        "AMD64, amd64",
        "aarch64, arm64",
        "arm64, arm64",
        "armv7l, arm",
        "i686, 386",
        "riscv64, riscv64",
        "Z80, z80"
    })
    void shouldKnowTheUsualNames(String name, String normalised) {
        assertThat(Architecture.normalise(name)).isEqualTo(normalised);
    }
}
