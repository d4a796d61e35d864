package io.vyra.modulemanager.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModuleIdOrderTest {
    private static final List<String> INSTANCES = List.of(
            "00000000000000000000000000000000", "0123456789abcdef0123456789abcdef", "ffffffffffffffffffffffffffffffff");

    @Test
    void shouldSortAsTheWrittenIdsDo() {
        List<ModuleId> ids = Stream.of("a", "a_", "a_b", "a_f", "a0", "ab", "abc", "b")
                .flatMap(name -> INSTANCES.stream().map(instance -> new ModuleId(name, instance)))
                .toList();

        assertThat(ids.stream().sorted())
                .containsExactlyElementsOf(ids.stream()
                        .sorted(Comparator.comparing(ModuleId::toString))
                        .toList());
    }
}
