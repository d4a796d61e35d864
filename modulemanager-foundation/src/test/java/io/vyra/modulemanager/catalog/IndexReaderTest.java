package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.canUse;
import static io.vyra.modulemanager.catalog.CatalogFixtures.endpoint;
import static io.vyra.modulemanager.catalog.CatalogFixtures.needs;
import static io.vyra.modulemanager.catalog.CatalogFixtures.problemOf;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexReaderTest {
    private final IndexReader reader = new IndexReader();
    private final Endpoint endpoint = endpoint(repository("demo", "http://127.0.0.1:8100/base"));

    private RepositoryIndex read(String json) {
        return reader.read(json.getBytes(StandardCharsets.UTF_8), endpoint);
    }

    /** One good entry with extra members. */
    private RepositoryIndex readEntry(String members) {
        return read("""
                {"name":"x","modules":[{"name":"v2_a","version":"1.2.3","filename":"modules/v2_a/1.2.3/a.tar.gz"%s}]}
                """.formatted(members.isEmpty() ? "" : "," + members));
    }

    @Test
    void shouldReadAFullEntry() {
        RepositoryIndex index = readEntry("""
                "hash":"0123456789abcdef0123456789abcdef","description":"d","author":"a","template":["basic","ros"],
                "icon":"i.svg","flags":{"x":true},"images":{"slim":{"filename":"f"}},"size":42,"checksum":"%s"
                """.formatted("AB".repeat(32)));

        assertThat(index.warnings()).isEmpty();
        CatalogEntry entry = index.entries().getFirst();
        assertThat(entry.version()).hasToString("1.2.3");
        assertThat(entry.instanceId()).contains("0123456789abcdef0123456789abcdef");
        assertThat(entry.blueprints()).containsExactly("basic", "ros");
        assertThat(entry.file()).isEqualTo(URI.create("http://127.0.0.1:8100/base/modules/v2_a/1.2.3/a.tar.gz"));
        assertThat(entry.size()).hasValue(42);
        assertThat(entry.checksum()).contains("ab".repeat(32));
    }

    @Test
    void shouldReadTheImagesBesideAPackage() {
        RepositoryIndex index = readEntry("""
                "images":{"production":{"filename":"images/a 1.tar.gz","image_tag":"a:1","archive_type":"delta",
                "size":7,"checksum":"sha256:%s"},"slim-production":{"filename":"images/slim.tar.gz","checksum":""}}
                """.formatted("ab".repeat(32)));

        assertThat(index.warnings()).isEmpty();
        assertThat(index.entries().getFirst().images())
                .containsOnlyKeys("production", "slim-production")
                .containsEntry(
                        "production",
                        new OfferedImage(
                                URI.create("http://127.0.0.1:8100/base/images/a%201.tar.gz"),
                                OptionalLong.of(7),
                                Optional.of("ab".repeat(32))));
        assertThat(index.entries().getFirst().image("production")).hasValueSatisfying(image -> {
            assertThat(image.name()).isEqualTo("v2_a (image production)");
            assertThat(image.size()).hasValue(7);
        });
        assertThat(index.entries().getFirst().image("development")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"production\":{\"filename\":\"../../etc/passwd\"}} | /modules/0/images/production/filename",
                "{\"production\":{\"filename\":\"http://x/y\"}}       | /modules/0/images/production/filename",
                "{\"production\":{}}                                  | /modules/0/images/production/filename",
                "{\"production\":{\"filename\":\"a\",\"checksum\":\"1\"}} | /modules/0/images/production/checksum",
                "{\"Ä\":{\"filename\":\"a\"}}                          | /modules/0/images",
                "[1]                                                 | /modules/0/images",
            })
    void shouldIgnoreABadImageWithAWarning(String images, String pointer) {
        RepositoryIndex index = readEntry("\"images\":" + images);

        assertThat(index.entries()).hasSize(1);
        assertThat(index.entries().getFirst().images()).isEmpty();
        assertThat(index.warnings()).singleElement().asString().contains(pointer);
    }

    @Test
    void shouldTakeEmptyAndMissingValuesAsAbsent() {
        CatalogEntry entry = readEntry("\"hash\":\"\",\"checksum\":\"\",\"size\":\"\",\"icon\":null")
                .entries()
                .getFirst();

        assertThat(entry.checksum()).isEmpty();
        assertThat(entry.size()).isEmpty();
        assertThat(entry.instanceId()).isEmpty();
        assertThat(entry.icon()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"module_id\":\"v2_b\",\"optional\":false,\"min_sl\":1,\"version\":\">=1.0.0\"}]",
                "[{\"type\":\"module\",\"name\":\"v2_b\",\"version\":\">=1.0.0\"},{\"type\":\"python\",\"name\":\"numpy\"}]",
                "[\"v2_b >=1.0.0\"]",
                "{\"vyra_modules\":[{\"name\":\"v2_b\",\"version\":\">=1.0.0\"}],\"python\":[\"numpy==2\"],\"system\":[]}",
                "{\"services\":[{\"module_id\":\"v2_b_0123456789abcdef0123456789abcdef\",\"version\":\">=1.0.0\"}]}",
            })
    void shouldReadEveryNotationOfDependencies(String notation) {
        RepositoryIndex index = readEntry("\"dependencies\":" + notation);

        assertThat(index.entries().getFirst().dependencies()).containsExactly(needs("v2_b", ">=1.0.0"));
    }

    @Test
    void shouldReadPlainNamesAndOptionalOnes() {
        assertThat(readEntry("\"dependencies\":[\"v2_b\",{\"module_id\":\"v2_c\",\"optional\":true}]")
                        .entries()
                        .getFirst()
                        .dependencies())
                .containsExactly(needs("v2_b", "*"), canUse("v2_c", "*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/name|{\"version\":\"1.0.0\",\"filename\":\"a\"}",
                "/name|{\"name\":\"../x\",\"version\":\"1.0.0\",\"filename\":\"a\"}",
                "/name|{\"name\":7,\"version\":\"1.0.0\",\"filename\":\"a\"}",
                "/version|{\"name\":\"b\",\"version\":\"one\",\"filename\":\"a\"}",
                "/version|{\"name\":\"b\",\"version\":1.0,\"filename\":\"a\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"../a\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a/../../b\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"/etc/passwd\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"file:///etc/passwd\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"//evil/a\"}",
                "/filename|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\\\\b\"}",
                "/size|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"size\":-1}",
                "/size|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"size\":99999999999999999999}",
                "/size|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"size\":1.5}",
                "/checksum|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"checksum\":\"abc\"}",
                "/dependencies/0/version|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"dependencies\":[{\"name\":\"c\",\"version\":\"!!\"}]}",
                "/dependencies/0|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"dependencies\":[3]}",
                "/dependencies/services|{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a\",\"dependencies\":{\"services\":7}}",
                "''|[]",
            })
    void shouldSkipABadEntryAndKeepTheOthers(String pointer, String bad) {
        RepositoryIndex index = read("""
                {"modules":[%s,{"name":"good","version":"1.0.0","filename":"g.tar.gz"}]}""".formatted(bad));

        assertThat(index.entries()).extracting(CatalogEntry::name).containsExactly("good");
        assertThat(index.warnings()).hasSize(1);
        assertThat(index.warnings().getFirst()).contains("/modules/0" + pointer);
    }

    @Test
    void shouldWarnAboutUnknownGroupsOfDependencies() {
        RepositoryIndex index = readEntry("\"dependencies\":{\"x/y\":[],\"vyra_modules\":[\"v2_b\"]}");

        assertThat(index.entries().getFirst().dependencies()).containsExactly(needs("v2_b", "*"));
        assertThat(index.warnings()).singleElement().asString().startsWith("/modules/0/dependencies/x~1y ");
    }

    @Test
    void shouldIgnoreABadUuidWithAWarning() {
        RepositoryIndex index = readEntry("\"hash\":\"nope\"");

        assertThat(index.entries().getFirst().instanceId()).isEmpty();
        assertThat(index.warnings()).singleElement().asString().contains("/modules/0/hash");
    }

    @Test
    void shouldKeepTheFirstOfTwoEqualEntries() {
        String entry = "{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"%s\"}";

        RepositoryIndex index = read("{\"modules\":[" + entry.formatted("one") + "," + entry.formatted("two") + "]}");

        assertThat(index.entries())
                .singleElement()
                .extracting(e -> e.file().getPath())
                .isEqualTo("/base/one");
        assertThat(index.warnings()).singleElement().asString().contains("/modules/1");
    }

    @Test
    void shouldEncodeWhatWouldBeSyntaxInAnAddress() {
        RepositoryIndex index =
                read("{\"modules\":[{\"name\":\"b\",\"version\":\"1.0.0\",\"filename\":\"a b?c#d%2e.gz\"}]}");

        assertThat(index.entries().getFirst().file())
                .isEqualTo(URI.create("http://127.0.0.1:8100/base/a%20b%3Fc%23d%252e.gz"));
    }

    @Test
    void shouldNameLineAndColumnOfBrokenJson() {
        ProblemException problem = problemOf(() -> read("{\n  \"modules\": [\n    {oops}\n]}"));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_INDEX);
        assertThat(problem.problem().detail())
                .contains("line 3, column", "demo", "http://127.0.0.1:8100/base/index.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"modules\":{}}",
                "{\"modules\":[],\"modules\":[]}",
                "{\"modules\":[]} {}",
                "{\"modules\":[{\"name\"",
                "<html>not found</html>"
            })
    void shouldRefuseWhatIsNoIndex(String text) {
        assertThat(problemOf(() -> read(text)).type()).isEqualTo(ProblemType.INVALID_INDEX);
    }

    @Test
    void shouldPointAtAModulesMemberThatIsNoList() {
        assertThat(problemOf(() -> read("{\"modules\":7}")).problem().errors())
                .extracting(FieldError::pointer)
                .containsExactly("/modules");
    }

    @Test
    void shouldRefuseNestingThatIsTooDeep() {
        ProblemException problem =
                problemOf(() -> read("{\"modules\":[" + "[".repeat(10_000) + "]".repeat(10_000) + "]}"));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_INDEX);
    }

    @Test
    void shouldBoundTheWarnings() {
        String many = "{},".repeat(5_000) + "{}";

        assertThat(read("{\"modules\":[" + many + "]}").warnings())
                .hasSize(101)
                .last()
                .isEqualTo("and 4901 more");
    }
}
