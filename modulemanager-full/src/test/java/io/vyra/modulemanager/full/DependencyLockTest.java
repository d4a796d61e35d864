package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lock of all artifacts, and {@code ./mm deps}. Maven runs offline here: the build that runs this test has fetched what it needs. */
class DependencyLockTest {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final String LOCK = ".mvn/checksums/checksums.sha256";
    private static final String A_SUM = "0123456789abcdef".repeat(4);
    private static final String ANOTHER_SUM = "fedcba9876543210".repeat(4);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'', 'deps needs a command: lock, check, updates, tree or licences'",
        "dance, 'deps takes lock, check, updates, tree or licences, not ''dance'''",
        "lock --dance, 'deps lock takes --offline, --fresh and --accept-changed, not ''--dance'''",
        "lock --fresh --offline, --fresh fetches everything again",
        "check --fresh, 'deps check takes only --offline, not ''--fresh'''",
        "updates --offline, deps updates takes no options",
        "tree full, 'deps tree takes only --offline, not ''full'''",
        "licences --fast, 'deps licences takes no options, not ''--fast'''",
    })
    void shouldRefuseWhatItDoesNotUnderstand(String arguments, String message) throws Exception {
        Command run = bash(CHECKOUT.resolve("mm") + " deps " + arguments);

        assertThat(run.output()).contains(message).contains("./mm help");
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void shouldAcceptTheCommittedLock() throws Exception {
        Command run = deps("deps_well_formed '" + CHECKOUT.resolve(LOCK) + "'");

        assertThat(run.output()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', There is no lock",
        "'<<<<<<< HEAD', 'line 2, is not ''SHA-256  path'''",
        "'0123  a/b/1/b-1.jar', 'line 2, is not ''SHA-256  path'''",
        "'SUM  https://host/b-1.jar', 'line 2, is not ''SHA-256  path'''",
        "'SUM  io/vyra/modulemanager/modulemanager-core/0.1.0/modulemanager-core-0.1.0.jar', 'line 2, locks what is not released'",
        "'SUM  a/b/1-SNAPSHOT/b-1-SNAPSHOT.jar', 'line 2, locks what is not released'",
        "'SUM  a/a/1/a-1.jar', 'lists a/a/1/a-1.jar twice'",
    })
    void shouldRefuseAMalformedLock(String line, String message) throws Exception {
        Path lock = folder.resolve("lock");
        Files.writeString(
                lock, line.isEmpty() ? "" : A_SUM + "  a/a/1/a-1.jar\n" + line.replace("SUM", ANOTHER_SUM) + "\n");

        Command run = deps("deps_well_formed '" + lock + "'");

        assertThat(run.output()).contains(message).containsAnyOf("./mm deps lock", "from git");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void shouldNotStartABuildWithAMalformedLock() throws Exception {
        Files.createDirectories(folder.resolve(LOCK).getParent());
        Files.writeString(folder.resolve(LOCK), A_SUM + "  a/a/1/a-1.jar\n=======\n");

        Command run = deps(". '" + CHECKOUT.resolve("launcher/build.sh")
                + "'; need_jdk() { :; }; need_maven() { :; }; MVN=echo; maven package");

        assertThat(run.output())
                .contains("line 2, is not 'SHA-256  path': '======='")
                .doesNotContain("package");
        assertThat(run.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "new, 'which are not in the lock', ./mm deps lock",
        "changed, 'are not those of the lock', Remove their folders from the local repository",
    })
    void shouldFailOnDrift(String kind, String message, String advice) throws Exception {
        lockAndRecord(kind);

        Command run = deps("deps_verdict \"$(deps_difference lock record)\" 2");

        assertThat(run.output()).contains(message, advice, "  b/b/1/b-1.jar").doesNotContain("a/a/1");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void shouldPassWhenTheLockListsMoreThanThisBuildNeeds() throws Exception {
        lockAndRecord("gone");

        Command run = deps("deps_verdict \"$(deps_difference lock record)\" 1");

        assertThat(run.output()).contains("All 1 artifacts");
        assertThat(run.code()).isZero();
    }

    @Test
    void shouldNotLockAChangedReleaseUnasked() throws Exception {
        lockAndRecord("changed");
        Files.createDirectories(folder.resolve(LOCK).getParent());
        Files.copy(folder.resolve("lock"), folder.resolve(LOCK));
        String recorded = "deps_record() { cp record \"$1\"; }; ";

        Command refused = deps(recorded + "deps_lock --offline");

        assertThat(refused.output()).contains("  b/b/1/b-1.jar", "The lock was left as it is", "--accept-changed");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(folder.resolve(LOCK)).hasSameTextualContentAs(folder.resolve("lock"));

        Command accepted = deps(recorded + "deps_lock --offline --accept-changed");

        assertThat(accepted.output()).contains("2 artifacts (0 new, 1 changed, 0 gone)");
        assertThat(folder.resolve(LOCK)).hasSameTextualContentAs(folder.resolve("record"));
    }

    @Test
    void shouldStopEveryMavenAtATamperedArtifactAndSayWhatToDo() throws Exception {
        Path skeleton = skeleton();
        String lock = Files.readString(CHECKOUT.resolve(LOCK));
        writeLock(
                skeleton,
                lock.replaceFirst("(?m)^[0-9a-f]{64}(  .*/maven-enforcer-plugin-[0-9.]+\\.jar)$", A_SUM + "$1"));

        Command run = maven(skeleton, "");

        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(run.output()).contains("maven-enforcer-plugin", "trusted checksum mismatch");
        assertThat(explained(run))
                .contains("The lock stopped the build", "maven-enforcer-plugin", "do not renew the lock");
    }

    @Test
    void shouldStopAStrictBuildAtAnArtifactThatIsNotInTheLock() throws Exception {
        Path skeleton = skeleton();
        String lock = Files.readString(CHECKOUT.resolve(LOCK));
        writeLock(skeleton, lock.replaceFirst("(?m)^.*/maven-enforcer-plugin-[0-9.]+\\.jar\n", ""));

        Command strict = maven(skeleton, "\"$STRICT_LOCK\"");
        Command asAnIdeDoes = maven(skeleton, "");

        assertThat(strict.code()).as(strict.output()).isNotZero();
        assertThat(explained(strict)).contains("are not in " + LOCK, "maven-enforcer-plugin", "./mm deps lock");
        assertThat(asAnIdeDoes.code()).as(asAnIdeDoes.output()).isZero();
    }

    @Test
    void shouldPassAStrictBuildThatReadsOnlyWhatIsLocked() throws Exception {
        Path skeleton = skeleton();
        writeLock(skeleton, Files.readString(CHECKOUT.resolve(LOCK)));

        Command run = maven(skeleton, "\"$STRICT_LOCK\"");

        assertThat(run.code()).as(run.output()).isZero();
    }

    @Test
    void shouldRefuseADependencyThatIsDeclaredTwice() throws Exception {
        Path skeleton = skeleton();
        String dependency =
                "<dependency><groupId>org.assertj</groupId><artifactId>assertj-core</artifactId></dependency>";
        depend(skeleton, dependency + dependency);

        Command run = maven(skeleton, "");

        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(run.output()).contains("BanDuplicatePomDependencyVersions failed", "org.assertj:assertj-core");
    }

    @Test
    void shouldRefuseASnapshotOfOthers() throws Exception {
        Path skeleton = skeleton();
        Path snapshot = Files.createDirectories(folder.resolve("tail/a/b/1-SNAPSHOT"));
        Files.writeString(snapshot.resolve("b-1-SNAPSHOT.jar"), "");
        Files.writeString(snapshot.resolve("b-1-SNAPSHOT.pom"), """
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>a</groupId><artifactId>b</artifactId><version>1-SNAPSHOT</version></project>
                """);
        depend(
                skeleton,
                "<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1-SNAPSHOT</version></dependency>");

        Command run = maven(skeleton, "-Dmaven.repo.local.tail='" + folder.resolve("tail") + "'");

        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(run.output()).contains("a:b:jar:1-SNAPSHOT", "a snapshot changes without a notice");
    }

    @Test
    void shouldShowWhatNeedsWhatWithoutANetwork() throws Exception {
        Command run = bash("MAVEN_ARGS='-Dmaven.repo.local=" + System.getProperty("local.repository") + "' '"
                + CHECKOUT.resolve("mm") + "' deps tree --offline");

        assertThat(run.successful())
                .containsPattern("io.vyra.modulemanager:modulemanager-api:jar:\\S+:compile")
                .containsPattern("org.xerial:sqlite-jdbc:jar:[0-9.]+:compile")
                .containsPattern("vue@[0-9.]+");
    }

    @Test
    void shouldSayWhatToDoOfflineWithAColdCache() throws Exception {
        Path skeleton = skeleton();
        String command = "MVN='" + mavenCommand() + "'; mkdir work; mv '" + skeleton + "' work/skeleton; "
                + "deps_resolve work -B -o -Dmaven.repo.local=cold validate";

        Command run = deps(command);

        assertThat(run.output()).contains("Run it once without --offline");
        assertThat(run.code()).isEqualTo(1);
    }

    private void lockAndRecord(String kind) throws IOException {
        String a = A_SUM + "  a/a/1/a-1.jar\n";
        String b = "  b/b/1/b-1.jar\n";
        Files.writeString(folder.resolve("lock"), kind.equals("new") ? a : a + A_SUM + b);
        Files.writeString(folder.resolve("record"), kind.equals("gone") ? a : a + ANOTHER_SUM + b);
    }

    private Path skeleton() throws Exception {
        Path skeleton = folder.resolve("skeleton");
        Command run = deps("ROOT='" + CHECKOUT + "'; deps_skeleton '" + skeleton + "'");
        assertThat(run.code()).as(run.output()).isZero();
        return skeleton;
    }

    private static void depend(Path skeleton, String dependencies) throws IOException {
        Path pom = skeleton.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replaceFirst(
                                "\n  <build>", "\n  <dependencies>" + dependencies + "</dependencies>\n  <build>"));
    }

    private static void writeLock(Path skeleton, String lock) throws IOException {
        Files.createDirectories(skeleton.resolve(LOCK).getParent());
        Files.writeString(skeleton.resolve(LOCK), lock);
    }

    private Command maven(Path skeleton, String options) throws Exception {
        return deps("cd '" + skeleton + "'; '" + mavenCommand() + "' -B -o -N validate -Dmaven.repo.local='"
                + System.getProperty("local.repository") + "' " + options);
    }

    private static String mavenCommand() {
        return System.getProperty("maven.home") + "/bin/mvn";
    }

    private String explained(Command run) throws Exception {
        Files.writeString(folder.resolve("log"), run.output());
        return deps("deps_explain log").output();
    }

    /** Runs a command of {@code launcher/deps.sh} in the test's folder, as mm would. */
    private Command deps(String command) throws Exception {
        return bash("""
                set -euo pipefail
                ROOT=$PWD
                say() { echo "mm: $*" >&2; }
                fail() { say "$*"; exit 1; }
                . '%s'
                %s
                """.formatted(CHECKOUT.resolve("launcher/deps.sh"), command));
    }

    private Command bash(String command) throws IOException, InterruptedException {
        return Command.run(
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                Duration.ofSeconds(120),
                List.of("bash", "-c", command));
    }
}
