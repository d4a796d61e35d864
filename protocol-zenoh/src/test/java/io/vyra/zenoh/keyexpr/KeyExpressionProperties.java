package io.vyra.zenoh.keyexpr;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyExpressionProperties {
    @Property
    void shouldMatchWhatItIncludes(
            @ForAll("expressions") String a, @ForAll("expressions") String b, @ForAll("keys") String k) {
        KeyExpression left = KeyExpression.canonize(a);
        KeyExpression right = KeyExpression.canonize(b);
        KeyExpression key = KeyExpression.of(k);

        if (right.includes(key)) {
            assertThat(right.intersects(key)).isTrue();
            if (left.includes(right)) {
                assertThat(left.includes(key)).isTrue();
            }
            if (left.includes(key)) {
                assertThat(left.intersects(right)).isTrue();
            }
        }
        assertThat(left.includes(left)).isTrue();
        assertThat(left.intersects(right)).isEqualTo(right.intersects(left));
    }

    @Property
    void shouldBeCanonicalOnce(@ForAll("expressions") String text) {
        KeyExpression once = KeyExpression.canonize(text);

        assertThat(KeyExpression.of(once.toString())).isEqualTo(once);
    }

    @Property
    void shouldRefuseOrKeepAnyText(@ForAll String text) {
        try {
            assertThat(KeyExpression.canonize(text).toString()).isNotEmpty();
        } catch (InvalidKeyExpressionException e) {
            assertThat(e).hasMessageContaining("is not a key expression");
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of("a", "b", "ab", "*", "**", "a$*", "$*b", "a$*b", "@a")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(chunks -> String.join("/", chunks));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "ab", "aab", "@a", "abb")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(chunks -> String.join("/", chunks));
    }
}
