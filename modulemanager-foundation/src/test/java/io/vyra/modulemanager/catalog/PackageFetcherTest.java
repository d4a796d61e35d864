package io.vyra.modulemanager.catalog;

import static io.vyra.modulemanager.catalog.CatalogFixtures.clients;
import static io.vyra.modulemanager.catalog.CatalogFixtures.problemOf;
import static io.vyra.modulemanager.catalog.CatalogFixtures.repository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

class PackageFetcherTest {
    private static final byte[] PACKAGE = new byte[200_000];

    static {
        new Random(7).nextBytes(PACKAGE);
    }

    @TempDir
    Path folder;

    private Path target;
    private RepositoryServer server;
    private final RepositoryClients clients = clients();
    private final List<Duration> pauses = new ArrayList<>();
    private final PackageFetcher fetcher = new PackageFetcher(clients, pauses::add);

    @BeforeEach
    void open() throws IOException {
        server = new RepositoryServer();
        target = folder.resolve("package.tar.gz");
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        server.close();
    }

    private Path partial() {
        return folder.resolve("package.tar.gz.partial");
    }

    private static CatalogEntry entry(URI file, OptionalLong size, Optional<String> checksum) {
        return new CatalogEntry(
                "main",
                "v2_a",
                new Semver("1.0.0"),
                Optional.empty(),
                "",
                "",
                List.of(),
                Optional.empty(),
                List.of(),
                file,
                size,
                checksum);
    }

    private CatalogEntry entry() {
        return entry(
                URI.create(server.url() + "a.tar.gz"),
                OptionalLong.of(PACKAGE.length),
                Optional.of(Sha256.of(PACKAGE)));
    }

    private FetchedPackage fetch(CatalogEntry entry) {
        return fetcher.fetch(entry, repository("main", server.url()), target, FetchProgress.SILENT, () -> false);
    }

    private ProblemException failure(CatalogEntry entry) {
        ProblemException problem = problemOf(() -> fetch(entry));
        assertThat(problem).isNotNull();
        assertThat(target).doesNotExist();
        return problem;
    }

    @Test
    void shouldFetchAndVerify() {
        server.on("/a.tar.gz", RepositoryServer.ok(PACKAGE));
        AtomicLong last = new AtomicLong();

        FetchedPackage fetched = fetcher.fetch(
                entry(),
                repository("main", server.url()),
                target,
                (received, total) -> last.set(received),
                () -> false);

        assertThat(target).hasBinaryContent(PACKAGE);
        assertThat(fetched).isEqualTo(new FetchedPackage(target, PACKAGE.length, Sha256.of(PACKAGE), List.of()));
        assertThat(last).hasValue(PACKAGE.length);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial*");
    }

    @Test
    void shouldGoOnWhereATruncatedDownloadStopped() {
        server.on(
                "/a.tar.gz",
                RepositoryServer.inTurn(
                        RepositoryServer.truncated(PACKAGE, 150_000, "\"v1\""),
                        RepositoryServer.ranged(PACKAGE, "\"v1\"")));

        fetch(entry());

        assertThat(target).hasBinaryContent(PACKAGE);
        assertThat(pauses).hasSize(1);
        RepositoryServer.Request second = server.requests().getLast();
        assertThat(second.header("If-Range")).contains("\"v1\"");
        assertThat(second.header("Range").orElseThrow()).matches("bytes=[1-9]\\d*-");
    }

    @Test
    void shouldGoOnAfterARestartOfTheManager() {
        server.on("/a.tar.gz", RepositoryServer.truncated(PACKAGE, 150_000, "\"v1\""));
        failure(entry());
        server.on("/a.tar.gz", RepositoryServer.ranged(PACKAGE, "\"v1\""));

        new PackageFetcher(clients, pauses::add)
                .fetch(entry(), repository("main", server.url()), target, FetchProgress.SILENT, () -> false);

        assertThat(target).hasBinaryContent(PACKAGE);
        assertThat(server.requests().getLast().header("Range")).isPresent();
    }

    @Test
    void shouldBeginAnewWhenThePackageChangedMeanwhile() {
        byte[] older = PACKAGE.clone();
        older[0] ^= 1;
        server.on(
                "/a.tar.gz",
                RepositoryServer.inTurn(
                        RepositoryServer.truncated(older, 150_000, "\"old\""),
                        RepositoryServer.ranged(PACKAGE, "\"new\"")));

        fetch(entry());

        assertThat(target).hasBinaryContent(PACKAGE);
    }

    @Test
    void shouldBeginAnewWhenTheResumedPartProvesWrong() {
        byte[] other = PACKAGE.clone();
        other[0] ^= 1;
        // A server whose tag lies: the part is of another package.
        server.on(
                "/a.tar.gz",
                RepositoryServer.inTurn(
                        RepositoryServer.truncated(other, 150_000, "\"v1\""),
                        RepositoryServer.ranged(PACKAGE, "\"v1\"")));

        fetch(entry());

        assertThat(target).hasBinaryContent(PACKAGE);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void shouldGiveUpAfterThreeTruncatedDownloads() {
        server.on("/a.tar.gz", RepositoryServer.truncated(PACKAGE, 10_000, "\"v1\""));

        ProblemException problem = failure(entry());

        assertThat(problem.type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
        assertThat(problem.problem().detail()).contains("main", server.url() + "a.tar.gz");
        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    @Test
    void shouldRefuseAWrongChecksumAndKeepNothing() {
        byte[] wrong = PACKAGE.clone();
        wrong[100_000] ^= 1;
        server.on("/a.tar.gz", RepositoryServer.ok(wrong));

        ProblemException problem = failure(entry());

        assertThat(problem.type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
        assertThat(problem.problem().detail()).contains(Sha256.of(wrong), Sha256.of(PACKAGE), "v2_a 1.0.0");
        assertThat(folder).isEmptyDirectory();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRefuseA200WithAShortBody() {
        server.on("/a.tar.gz", RepositoryServer.shortened(PACKAGE, 1_000));

        assertThat(failure(entry()).type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void shouldRefuseAShortBodyWithoutALength(int bytes) {
        server.on("/a.tar.gz", RepositoryServer.unannounced(Arrays.copyOf(PACKAGE, bytes)));

        assertThat(failure(entry()).type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldCutOffABodyThatGoesOn() {
        server.on("/a.tar.gz", RepositoryServer.unannounced(new byte[10 << 20]));

        ProblemException problem = failure(entry());

        assertThat(problem.type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
        assertThat(problem.problem().detail()).contains("goes on after the 200000 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldCutOffABodyOfUnknownSizeAtTheLimit() {
        server.on("/a.tar.gz", RepositoryServer.unannounced(new byte[3 << 20]));

        ProblemException problem =
                failure(entry(URI.create(server.url() + "a.tar.gz"), OptionalLong.empty(), Optional.empty()));

        assertThat(problem.problem().detail()).contains("1048576");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseASizeAboveTheLimitWithoutAsking() {
        ProblemException problem =
                failure(entry(URI.create(server.url() + "a.tar.gz"), OptionalLong.of(2 << 20), Optional.empty()));

        assertThat(problem.type()).isEqualTo(ProblemType.CHECKSUM_MISMATCH);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void shouldWarnWhereTheIndexHasNoChecksum() {
        server.on("/a.tar.gz", RepositoryServer.ok(PACKAGE));

        FetchedPackage fetched =
                fetch(entry(URI.create(server.url() + "a.tar.gz"), OptionalLong.empty(), Optional.empty()));

        assertThat(fetched.warnings()).singleElement().asString().contains("no checksum", "v2_a 1.0.0");
        assertThat(fetched.sha256()).isEqualTo(Sha256.of(PACKAGE));
    }

    @Test
    void shouldGiveUpOnAServerThatStalls() {
        TransferLimits quick = new TransferLimits(
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofMillis(300),
                Duration.ofSeconds(60),
                1 << 20,
                1 << 20);
        server.on("/a.tar.gz", server.stalling(PACKAGE, 100));

        try (RepositoryClients impatient = clients(quick, Map.of())) {
            ProblemException problem = problemOf(() -> new PackageFetcher(impatient, pauses::add)
                    .fetch(entry(), repository("main", server.url()), target, FetchProgress.SILENT, () -> false));

            assertThat(problem.type()).isEqualTo(ProblemType.REPOSITORY_UNREACHABLE);
            assertThat(problem.problem().detail()).contains("no byte came for 0.3 s");
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void shouldNotFollowARedirectToAFile() {
        server.on("/a.tar.gz", RepositoryServer.redirect("file:///etc/passwd"));

        ProblemException problem = failure(entry());

        assertThat(problem.problem().detail()).contains("redirects to a file: address");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldNotRetryWhatTheServerRefuses() {
        server.on("/a.tar.gz", RepositoryServer.status(404));

        assertThat(failure(entry()).problem().detail()).contains("status 404");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldRetryWhileAGatewayIsInTrouble() {
        server.on("/a.tar.gz", RepositoryServer.inTurn(RepositoryServer.status(503), RepositoryServer.ok(PACKAGE)));

        fetch(entry());

        assertThat(target).hasBinaryContent(PACKAGE);
    }

    @Test
    void shouldEndSoonWhenCancelledWhileTheServerIsSilent() {
        server.on("/a.tar.gz", server.stalling(PACKAGE, 100_000));
        AtomicLong received = new AtomicLong();

        assertThatThrownBy(() -> fetcher.fetch(
                        entry(),
                        repository("main", server.url()),
                        target,
                        (bytes, total) -> received.set(bytes),
                        () -> received.get() == 100_000))
                .isInstanceOf(CancellationException.class);

        assertThat(target).doesNotExist();
        fetcher.discard(target);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayThatTheDiskIsFull() throws IOException {
        server.on("/a.tar.gz", RepositoryServer.ok(PACKAGE));
        Files.createSymbolicLink(partial(), Path.of("/dev/full"));

        ProblemException problem = failure(entry());

        assertThat(problem.type()).isEqualTo(ProblemType.DISK_FULL);
        assertThat(problem.problem().detail()).contains(folder.toString());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void shouldCopyFromAFolderAndVerify() throws IOException {
        Path data = Files.createDirectories(folder.resolve("repo"));
        Path source = Files.write(data.resolve("a.tar.gz"), PACKAGE);
        CatalogEntry good = entry(source.toUri(), OptionalLong.of(PACKAGE.length), Optional.of(Sha256.of(PACKAGE)));
        Repository repository = repository("main", data.toUri().toString());

        fetcher.fetch(good, repository, target, FetchProgress.SILENT, () -> false);

        assertThat(target).hasBinaryContent(PACKAGE);
        assertThat(Files.getAttribute(target, "unix:ino")).isNotEqualTo(Files.getAttribute(source, "unix:ino"));
        CatalogEntry wrong = entry(source.toUri(), OptionalLong.of(5), Optional.empty());
        assertThat(problemOf(() -> fetcher.fetch(wrong, repository, target, FetchProgress.SILENT, () -> false))
                        .type())
                .isEqualTo(ProblemType.CHECKSUM_MISMATCH);
    }
}
