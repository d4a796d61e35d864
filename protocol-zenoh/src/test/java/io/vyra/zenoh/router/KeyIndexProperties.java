package io.vyra.zenoh.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The index finds what going through everything would find. */
class KeyIndexProperties {
    @Property(tries = 300)
    void shouldFindWhatIntersects(
            @ForAll @Size(max = 20) List<@From("keys") KeyExpression> keys, @ForAll("keys") KeyExpression sought) {
        KeyIndex<KeyExpression> index = new KeyIndex<>();
        keys.forEach(key -> index.getOrAdd(key, () -> key));

        Set<KeyExpression> found = new LinkedHashSet<>();
        index.forEachMatching(sought, (key, value) -> {
            assertThat(value).isEqualTo(key);
            assertThat(found.add(key)).isTrue();
        });

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        Set.copyOf(keys.stream().filter(sought::intersects).toList()));
    }

    @Provide
    Arbitrary<KeyExpression> keys() {
        return Arbitraries.of("a", "b", "a$*", "*", "**", "@v")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(chunks -> KeyExpression.canonize(String.join("/", chunks)));
    }
}
