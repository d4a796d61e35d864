package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.clients;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.problem.Problem;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryRefresherTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String INDEX =
            "{\"modules\":[{\"name\":\"v2_a\",\"version\":\"1.0.0\",\"filename\":\"a.tar.gz\"}]}";

    @TempDir
    Path folder;

    private Database database;
    private RepositoryStore store;
    private RepositoryServer server;
    private RepositoryClients clients =
            clients(CatalogFixtures.PATIENT, Map.of("KEY", "s3cret", "PLACE", "hidden-place"));

    @BeforeEach
    void open() throws IOException {
        database = Database.open(folder.resolve("state"));
        store = new RepositoryStore(database);
        server = new RepositoryServer();
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        server.close();
        database.close();
    }

    private RepositoryRefresher refresher() {
        return new RepositoryRefresher(store, clients, folder.resolve("cache"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private int entriesOf(RepositoryRefresher refresher, String id) {
        return refresher.indexOf(store.get(id)).entries().size();
    }

    private Problem failure(RepositoryServer.Answer answer) {
        server.on("/index.json", answer);
        store.add(repository("main", server.url()));
        return refresher().refresh("main").problem().orElseThrow();
    }

    @Test
    void shouldTellHowARefreshWent() {
        server.on("/index.json", RepositoryServer.ok(INDEX));
        store.add(repository("main", server.url()));

        RepositoryStatus status = refresher().refresh("main");

        assertThat(status)
                .isEqualTo(new RepositoryStatus(
                        "main", false, Optional.of(NOW), Optional.of(NOW), Optional.empty(), 1, List.of()));
    }

    @Test
    void shouldAskConditionallyWhatItHasAlready() {
        server.on("/index.json", RepositoryServer.tagged(INDEX, "\"v1\""));
        store.add(repository("main", server.url()));
        refresher().refresh("main");
        RepositoryRefresher afterRestart = refresher();

        RepositoryStatus status = afterRestart.refresh("main");

        assertThat(server.requests().getLast().header("If-None-Match")).contains("\"v1\"");
        assertThat(status.problem()).isEmpty();
        assertThat(entriesOf(afterRestart, "main")).isOne();
    }

    @Test
    void shouldTakeANewIndexForANewTag() {
        server.on(
                "/index.json",
                RepositoryServer.inTurn(
                        RepositoryServer.tagged("{\"modules\":[]}", "\"v1\""),
                        RepositoryServer.tagged(INDEX, "\"v2\"")));
        store.add(repository("main", server.url()));
        RepositoryRefresher refresher = refresher();
        refresher.refresh("main");

        refresher.refresh("main");

        assertThat(entriesOf(refresher, "main")).isOne();
    }

    @Test
    void shouldWorkFromTheCacheWithoutANetwork() throws IOException {
        server.on("/index.json", RepositoryServer.ok(INDEX));
        store.add(repository("main", server.url()));
        refresher().refresh("main");
        server.close();

        RepositoryRefresher offline = refresher();

        assertThat(entriesOf(offline, "main")).isOne();
        assertThat(offline.status("main").lastSuccess()).contains(NOW);
        RepositoryStatus failed = offline.refresh("main");
        assertThat(failed.problem().orElseThrow().type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
        assertThat(entriesOf(offline, "main")).isOne();
    }

    @Test
    void shouldNotTrustTheTagOfAnIndexThatWasNotItsOwn() throws IOException {
        server.on("/index.json", RepositoryServer.tagged(INDEX, "\"v1\""));
        store.add(repository("main", server.url()));
        refresher().refresh("main");
        // As after a crash between the two files.
        Files.writeString(folder.resolve("cache/main/index.json"), "{\"modules\":[]}");
        RepositoryRefresher afterCrash = refresher();

        afterCrash.refresh("main");

        assertThat(server.requests().getLast().header("If-None-Match")).isEmpty();
        assertThat(entriesOf(afterCrash, "main")).isOne();
    }

    @Test
    void shouldNotShowTheOldAddressUnderANewOne() {
        server.on("/index.json", RepositoryServer.ok(INDEX));
        store.add(repository("main", server.url()));
        RepositoryRefresher refresher = refresher();
        refresher.refresh("main");

        store.replace(repository("main", server.url() + "elsewhere"));

        assertThat(entriesOf(refresher, "main")).isZero();
        assertThat(entriesOf(refresher(), "main")).isZero();
    }

    @Test
    void shouldForgetTheCacheOfARemovedRepository() {
        server.on("/index.json", RepositoryServer.ok(INDEX));
        store.add(repository("main", server.url()));
        RepositoryRefresher refresher = refresher();
        refresher.refresh("main");

        store.remove("main");
        refresher.forget("main");

        assertThat(folder.resolve("cache/main")).doesNotExist();
    }

    @Test
    void shouldKeepTheGoodIndexWhenABrokenOneComes() {
        server.on(
                "/index.json",
                RepositoryServer.inTurn(RepositoryServer.ok(INDEX), RepositoryServer.ok("<html>oops</html>")));
        store.add(repository("main", server.url()));
        RepositoryRefresher refresher = refresher();
        refresher.refresh("main");

        RepositoryStatus status = refresher.refresh("main");

        assertThat(status.problem().orElseThrow().type()).isEqualTo(ProblemType.INVALID_INDEX);
        assertThat(entriesOf(refresher, "main")).isOne();
        assertThat(entriesOf(refresher(), "main")).isOne();
    }

    @Test
    void shouldNotLetAStalledRepositoryDelayAnother() throws Exception {
        server.on("/index.json", server.stalling(INDEX.getBytes(StandardCharsets.UTF_8), 5));
        try (RepositoryServer good = new RepositoryServer()) {
            good.on("/index.json", RepositoryServer.ok(INDEX));
            store.add(repository("a-stalled", server.url(), 1));
            store.add(repository("b-good", good.url(), 2));
            RepositoryRefresher refresher = refresher();

            CompletableFuture<Void> all = CompletableFuture.runAsync(refresher::refreshAll);
            await().atMost(60, TimeUnit.SECONDS).until(() -> entriesOf(refresher, "b-good") == 1);
            boolean stalledIsStillBeingAsked = refresher.status("a-stalled").refreshing();
            server.close();
            all.get(60, TimeUnit.SECONDS);

            assertThat(stalledIsStillBeingAsked).isTrue();
            assertThat(refresher.status("a-stalled").problem()).isPresent();
        }
    }

    @Test
    void shouldGiveUpOnAnIndexThatStalls() {
        clients = clients(
                new TransferLimits(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(60),
                        1 << 20,
                        1 << 20),
                Map.of());

        Problem problem = failure(server.stalling(INDEX.getBytes(StandardCharsets.UTF_8), 5));

        assertThat(problem.detail()).contains("no byte came for 0.5 s", server.url() + "index.json");
    }

    @Test
    void shouldGiveUpOnAServerThatNeverAnswers() {
        clients = clients(CatalogFixtures.IMPATIENT, Map.of());

        Problem problem = failure(server.silent());

        assertThat(problem.type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
        assertThat(problem.detail()).contains("no answer came for 0.5 s");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd,file: address",
        "ftp://example.org/x,ftp: address",
        "/index.json,more than 5 times",
        "'http://[broken',no address"
    })
    void shouldRefuseARedirectTo(String location, String words) {
        Problem problem = failure(RepositoryServer.redirect(location));

        assertThat(problem.type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
        assertThat(problem.detail()).contains(words);
        assertThat(server.requests().size()).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldFollowARedirectWithoutTakingTheKeyElsewhere() throws IOException {
        try (RepositoryServer other = new RepositoryServer()) {
            other.on("/real.json", RepositoryServer.ok(INDEX));
            server.on("/index.json", RepositoryServer.redirect(other.url() + "real.json"));
            store.add(new Repository("main", "m", server.url(), 1, true, "", Optional.of("${KEY}"), Optional.empty()));

            RepositoryStatus status = refresher().refresh("main");

            assertThat(status.entries()).isOne();
            assertThat(server.requests().getFirst().header("X-API-Key")).contains("s3cret");
            assertThat(other.requests().getFirst().header("X-API-Key")).isEmpty();
        }
    }

    @Test
    void shouldNeverTellTheKeyNorAVariablesValue() {
        server.on("/hidden-place/index.json", RepositoryServer.status(403));
        store.add(new Repository(
                "main", "m", server.url() + "${PLACE}", 1, true, "", Optional.of("${KEY}"), Optional.empty()));

        Problem problem = refresher().refresh("main").problem().orElseThrow();

        assertThat(problem.detail())
                .contains("${PLACE}/index.json", "status 403", "API key")
                .doesNotContain("s3cret", "hidden-place");
    }

    @Test
    void shouldNameAVariableThatIsNotSet() {
        store.add(repository("main", "https://${NOWHERE}/"));

        Problem problem = refresher().refresh("main").problem().orElseThrow();

        assertThat(problem.type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
        assertThat(problem.detail()).contains("NOWHERE");
    }

    @Test
    void shouldRefuseAnIndexThatIsTooLarge() {
        Problem problem = failure(RepositoryServer.ok(new byte[(1 << 20) + 1]));

        assertThat(problem.detail()).contains("larger than the 1048576 bytes");
    }

    @Test
    void shouldReportATruncatedIndex() {
        byte[] body = INDEX.getBytes(StandardCharsets.UTF_8);

        assertThat(failure(RepositoryServer.truncated(body, 10, "\"x\"")).type())
                .isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
    }

    @Test
    void shouldReadAFolder() throws IOException {
        Path data = Files.createDirectories(folder.resolve("repo with space"));
        Files.writeString(data.resolve("index.json"), INDEX);
        store.add(repository("main", data.toUri().toString()));

        RepositoryStatus status = refresher().refresh("main");

        assertThat(status.problem()).isEmpty();
        assertThat(status.entries()).isOne();
    }

    @Test
    void shouldSayThatAFolderHasNoIndex() {
        store.add(repository("main", folder.resolve("nowhere").toUri().toString()));

        assertThat(refresher().refresh("main").problem().orElseThrow().detail()).contains("does not exist");
    }

    @Test
    void shouldNotReadThroughALinkOutOfAFolder() throws IOException {
        Path data = Files.createDirectories(folder.resolve("repo"));
        Path outside = Files.writeString(folder.resolve("outside.json"), INDEX);
        Files.createSymbolicLink(data.resolve("index.json"), outside);
        store.add(repository("main", data.toUri().toString()));

        assertThat(refresher().refresh("main").problem().orElseThrow().detail()).contains("link that leaves");
    }

    @Test
    void shouldNotAskDisabledRepositoriesUnlessTold() {
        server.on("/index.json", RepositoryServer.ok(INDEX));
        store.add(new Repository("off", "o", server.url(), 1, false, "", Optional.empty(), Optional.empty()));
        RepositoryRefresher refresher = refresher();

        assertThat(refresher.refreshAll()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }
}
