package io.vyra.zenoh.keyexpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The forms and relations are those of the reference implementation; key_expressions.py wrote them down. */
class KeyExpressionTest {
    @Test
    void shouldAgreeOnCanonicalForms() throws IOException {
        List<String[]> lines = reference("canon");

        assertThat(lines)
                .hasSizeGreaterThan(400)
                .filteredOn(line -> !canonized(line[1]).equals(line[2]))
                .isEmpty();
    }

    @Test
    void shouldAgreeOnRelations() throws IOException {
        List<String[]> lines = reference("relation");

        assertThat(lines)
                .hasSizeGreaterThan(2000)
                .filteredOn(line -> !agrees(line))
                .isEmpty();
    }

    private static boolean agrees(String[] line) {
        KeyExpression a = KeyExpression.of(line[1]);
        KeyExpression b = KeyExpression.of(line[2]);
        boolean intersects = line[3].equals("1");
        return a.intersects(b) == intersects && b.intersects(a) == intersects && a.includes(b) == line[4].equals("1");
    }

    @Test
    void shouldSayHowToWriteIt() {
        assertThatThrownBy(() -> KeyExpression.of("a/**/**/b"))
                .isInstanceOf(InvalidKeyExpressionException.class)
                .hasMessageContaining("'a/**/b'");
        assertThatThrownBy(() -> KeyExpression.of("/a")).hasMessageContaining("starts or ends with a slash");
        assertThatThrownBy(() -> KeyExpression.of("a".repeat(65_536))).hasMessageContaining("65535");
    }

    @Test
    @Timeout(10)
    void shouldNotBeSlowedDownByHostileExpressions() {
        KeyExpression many = KeyExpression.of("**/a/".repeat(500) + "**/b");
        KeyExpression more = KeyExpression.of("**/a/a/".repeat(500) + "**/c");
        KeyExpression characters = KeyExpression.of("$*a".repeat(500) + "$*b");
        KeyExpression otherCharacters = KeyExpression.of("$*aa".repeat(500) + "$*c");

        assertThat(many.intersects(more)).isFalse();
        assertThat(many.includes(more)).isFalse();
        assertThat(characters.intersects(otherCharacters)).isFalse();
        assertThat(characters.includes(otherCharacters)).isFalse();
    }

    @Test
    void shouldJoin() {
        assertThat(KeyExpression.of("a/**").join("*/b")).isEqualTo(KeyExpression.of("a/*/**/b"));
        assertThat(KeyExpression.of("a/b").chunks()).containsExactly("a", "b");
        assertThat(KeyExpression.of("a/b").isWild()).isFalse();
    }

    private static String canonized(String text) {
        try {
            return KeyExpression.canonize(text).toString();
        } catch (InvalidKeyExpressionException e) {
            return "!";
        }
    }

    private static List<String[]> reference(String kind) throws IOException {
        try (InputStream stream = KeyExpressionTest.class.getResourceAsStream("reference.tsv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .filter(line -> line[0].equals(kind))
                    .toList();
        }
    }
}
