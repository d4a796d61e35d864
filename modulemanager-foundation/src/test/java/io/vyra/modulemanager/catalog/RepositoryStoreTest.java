package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.problemOf;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryStoreTest {
    private static final String FINGERPRINT = "AB:".repeat(31) + "AB";

    @TempDir
    Path folder;

    private Database database;
    private RepositoryStore store;

    @BeforeEach
    void open() {
        database = Database.open(folder);
        store = new RepositoryStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Repository secured(String url, String key) {
        return new Repository("main", "Main", url, 5, true, "text", Optional.of(key), Optional.of(FINGERPRINT));
    }

    @Test
    void shouldKeepRepositoriesOverARestart() {
        store.add(secured("https://example.org/r", "${KEY}"));
        store.add(repository("first", "file:///srv/demo", 1));
        database.close();
        database = Database.open(folder);

        RepositoryStore reopened = new RepositoryStore(database);

        assertThat(reopened.list()).extracting(Repository::id).containsExactly("first", "main");
        assertThat(reopened.get("main")).isEqualTo(secured("https://example.org/r", "${KEY}"));
    }

    @Test
    void shouldNameEveryWrongField() {
        Repository wrong =
                new Repository("Bad Id", " ", "ftp://x/", 1_001, true, "", Optional.of("a\nb"), Optional.of("12"));

        ProblemException problem = problemOf(() -> store.add(wrong));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.problem().errors())
                .extracting(FieldError::pointer)
                .containsExactly("/id", "/name", "/priority", "/url", "/api_key", "/cert_fingerprint");
        assertThat(store.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "file:relative",
                "file://host/share",
                "http:///nohost",
                "http://user:pass@example.org/",
                "https://example.org/?key=1",
                "https://example.org/#part",
                "http://exa mple.org/",
                "jar:file:///x.jar!/",
                "javascript:alert(1)"
            })
    void shouldRefuseAddressesItCannotOrMustNotAsk(String url) {
        ProblemException problem = problemOf(() -> store.add(repository("main", url)));

        assertThat(problem.problem().errors()).extracting(FieldError::pointer).containsExactly("/url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///srv/repo",
                "http://127.0.0.1:8100",
                "https://example.org/a/b/",
                "${REPOSITORY_URL}",
                "https://${HOST}:${PORT}/x"
            })
    void shouldAcceptFileHttpAndHttpsAndPlaceholders(String url) {
        assertThat(store.add(repository("main", url)).url()).isEqualTo(url);
    }

    @Test
    void shouldRefuseATakenId() {
        store.add(repository("main", "file:///a"));

        ProblemException problem = problemOf(() -> store.add(repository("main", "file:///b")));

        assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT);
        assertThat(store.get("main").url()).isEqualTo("file:///a");
    }

    @Test
    void shouldKeepTheKeyThatIsNotSentAgain() {
        store.add(secured("https://example.org/r", "secret"));

        Repository changed = store.replace(new Repository(
                "main", "New", "https://example.org/r", 7, false, "", Optional.empty(), Optional.empty()));

        assertThat(changed.apiKey()).contains("secret");
        assertThat(store.get("main").name()).isEqualTo("New");
    }

    @Test
    void shouldNotSendAKeptKeyToANewAddress() {
        store.add(secured("https://example.org/r", "secret"));
        Repository elsewhere =
                new Repository("main", "M", "https://evil.example/", 7, true, "", Optional.empty(), Optional.empty());

        ProblemException problem = problemOf(() -> store.replace(elsewhere));

        assertThat(problem.problem().errors()).extracting(FieldError::pointer).containsExactly("/api_key");
        assertThat(store.get("main").url()).isEqualTo("https://example.org/r");
    }

    @Test
    void shouldRemoveTheKeyOnAnEmptyOne() {
        store.add(secured("https://example.org/r", "secret"));

        store.replace(secured("https://example.org/other", ""));

        assertThat(store.get("main").apiKey()).isEmpty();
    }

    @Test
    void shouldSayThatARepositoryIsUnknown() {
        assertThat(problemOf(() -> store.get("x")).type()).isEqualTo(ProblemType.REPOSITORY_NOT_FOUND);
        assertThat(problemOf(() -> store.remove("x")).type()).isEqualTo(ProblemType.REPOSITORY_NOT_FOUND);
        assertThat(problemOf(() -> store.replace(repository("x", "file:///x"))).type())
                .isEqualTo(ProblemType.REPOSITORY_NOT_FOUND);
    }

    @Test
    void shouldForgetARemovedRepository() {
        store.add(repository("main", "file:///a"));

        store.remove("main");

        assertThat(store.list()).isEmpty();
        assertThat(new RepositoryStore(database).list()).isEmpty();
    }

    @Test
    void shouldNeverPrintTheKey() {
        assertThat(secured("https://example.org/r", "secret")).asString().doesNotContain("secret");
    }
}
