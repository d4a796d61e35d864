package io.vyra.modulemanager.container.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.container.PaperEngine;
import io.vyra.modulemanager.container.TestImage;
import io.vyra.modulemanager.container.TestLaunch;
import io.vyra.modulemanager.container.engine.EngineFacts;
import io.vyra.modulemanager.container.settings.ContainerLabels;
import io.vyra.modulemanager.container.settings.ContainerSettings.LogLimits;
import io.vyra.modulemanager.container.settings.ReadyImage;
import io.vyra.modulemanager.container.settings.SettingsPlanner;
import io.vyra.modulemanager.module.ContainerSpec.Image;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.runtime.LaunchSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleImagesTest {
    private static final ModuleId MODULE = ModuleId.random("camera");
    private static final Image ARCHIVE = new Image.Archive("image.tar.gz", Optional.empty());

    @TempDir
    Path folder;

    private final PaperEngine engine = new PaperEngine();
    private ModuleImages images;

    @BeforeEach
    void open() {
        images = images(false);
    }

    private ModuleImages images(boolean pull) {
        return new ModuleImages(
                engine,
                "0123456789ab",
                new ModuleImages.Rules(pull, Duration.ofSeconds(5), 100 << 20, folder.resolve("scratch")));
    }

    private ModuleImages images(ImageSpace space) {
        return new ModuleImages(
                engine,
                "0123456789ab",
                new ModuleImages.Rules(false, Duration.ofSeconds(5), 100 << 20, folder.resolve("scratch")),
                space);
    }

    private void write(byte[] archive) throws IOException {
        Files.write(folder.resolve("image.tar.gz"), archive);
    }

    private void load(byte[] archive) {
        engine.load(new ByteArrayInputStream(archive));
    }

    private static TestImage base() {
        return new TestImage().file("etc/os", "base");
    }

    private static TestImage onBase() {
        return base().file("opt/run", "module").file("opt/data", "more of it");
    }

    private void prepare() {
        images.prepare(MODULE, "1.0.0", ARCHIVE, folder);
    }

    private String name() {
        return images.name(MODULE, "1.0.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoadAFullArchive(boolean isPacked) throws IOException {
        TestImage image = onBase();
        write(isPacked ? TestImage.gzip(image.full("camera:1.0.0")) : image.full("camera:1.0.0"));

        prepare();

        assertThat(engine.image(name())).hasValueSatisfying(found -> {
            assertThat(found.id()).isEqualTo(image.id());
            assertThat(found.layers()).isEqualTo(image.diffIds());
        });
        assertThat(images.require(MODULE, "1.0.0", ARCHIVE, folder).name()).isEqualTo(name());
    }

    @Test
    void shouldGiveAnImageNoOtherNameThanItsOwn() throws IOException {
        load(base().full("vyra/base:2.0.0"));
        write(TestImage.gzip(onBase().full("vyra/base:2.0.0")));

        prepare();

        assertThat(engine.image("vyra/base:2.0.0"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(base().id()));
    }

    @Test
    void shouldRebuildADeltaArchiveOnItsBase() throws IOException {
        load(base().full("vyra/base:2.0.0"));
        TestImage image = onBase();
        write(TestImage.gzip(image.delta("vyra/base", "2.0.0", 1)));

        prepare();

        assertThat(engine.image(name()))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(image.id()));
    }

    @Test
    void shouldNotLoadTwice() throws IOException {
        write(onBase().full("camera:1"));
        prepare();
        prepare();

        assertThat(engine.commands()).filteredOn("load"::equals).hasSize(1);
    }

    @Test
    void shouldLoadAgainWhenThePackageIsAnother() throws IOException {
        write(onBase().full("camera:1"));
        prepare();
        TestImage other = onBase().file("opt/late", "a repaired package of the same version");
        write(other.full("camera:1"));

        prepare();

        assertThat(engine.image(name()))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(other.id()));
    }

    @Test
    void shouldLoadAgainWhatSomebodyDeleted() throws IOException {
        write(onBase().full("camera:1"));
        prepare();
        engine.removeImage(name());

        images.require(MODULE, "1.0.0", ARCHIVE, folder);

        assertThat(engine.image(name())).isPresent();
    }

    private void shouldRefuse(ProblemType type, String... words) {
        assertThatThrownBy(this::prepare).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().type()).isEqualTo(type);
            assertThat(failure.problem().detail()).contains(words);
        });
        assertThat(engine.commands()).doesNotContain("load");
    }

    @Test
    void shouldRefuseADeltaWhoseBaseIsMissing() throws IOException {
        write(onBase().delta("vyra/base", "2.0.0", 1));

        shouldRefuse(ProblemType.UNSATISFIABLE_DEPENDENCY, "vyra/base:2.0.0", "does not have", "Load that image first");
    }

    @Test
    void shouldRefuseADeltaWhoseBaseIsOfAnotherVersion() throws IOException {
        engine.load(new ByteArrayInputStream(
                base().label("org.opencontainers.image.version", "2.0.1").full("vyra/base:latest")));
        int before = engine.commands().size();
        write(onBase().delta("vyra/base:latest", "2.0.0", 1));

        assertThatThrownBy(this::prepare)
                .hasMessageContaining("in version 2.0.0, but the one that is here is version 2.0.1 (its label"
                        + " org.opencontainers.image.version). Load the base image in that version.");
        assertThat(engine.commands().subList(before, engine.commands().size())).doesNotContain("load");
    }

    @Test
    void shouldBelieveTheTagOfABaseWhoseLabelIsThatOfItsOwnBase() throws IOException {
        load(base().label("org.opencontainers.image.version", "22.04").full("vyra/base:2.0.0"));
        write(onBase().delta("vyra/base", "2.0.0", 1));

        prepare();

        assertThat(engine.image(name()))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(onBase().id()));
    }

    @Test
    void shouldRefuseADeltaWhoseBaseHasAnotherNumberOfLayers() throws IOException {
        load(base().file("etc/more", "patched").full("vyra/base:2.0.0"));
        write(onBase().delta("vyra/base", "2.0.0", 1));

        assertThatThrownBy(this::prepare).hasMessageContaining("with 1 layers, but the one that is here has 2");
    }

    @Test
    void shouldRefuseADeltaWhoseBaseIsAnotherBuild() throws IOException {
        TestImage other = new TestImage().file("etc/os", "another build");
        load(other.full("vyra/base:2.0.0"));
        write(onBase().delta("vyra/base", "2.0.0", 1));

        assertThatThrownBy(this::prepare)
                .hasMessageContaining(
                        "layer 1 of the one that is here is " + other.diffIds().getFirst())
                .hasMessageContaining("not " + onBase().diffIds().getFirst());
    }

    @Test
    void shouldHoldTheArchiveAgainstItsChecksum() throws IOException {
        byte[] archive = TestImage.gzip(onBase().full("camera:1"));
        write(archive);
        String sum = TestImage.sha256(archive);

        images.prepare(MODULE, "1.0.0", new Image.Archive("image.tar.gz", Optional.of(sum)), folder);

        assertThat(engine.image(name())).isPresent();
        assertThatThrownBy(() -> images.prepare(
                        MODULE, "1.0.0", new Image.Archive("image.tar.gz", Optional.of("0".repeat(64))), folder))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(sum);
    }

    @Test
    void shouldRefuseALackingLayer() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(entries(onBase().full("camera:1")));
        files.keySet().removeIf(name -> name.startsWith("1-"));
        write(TestImage.archiveOf(files));

        shouldRefuse(ProblemType.INVALID_PACKAGE, "lacks layer 2 of 3", "no base_info.json");
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ImageTar tar = ImageTar.open(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void shouldRefuseAConfigurationThatIsNotWhatItsNameSays() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(entries(onBase().full("camera:1")));
        String config = onBase().id().substring("sha256:".length()) + ".json";
        files.put(config, new TestImage().file("a", "b").config());
        write(TestImage.archiveOf(files));

        shouldRefuse(ProblemType.INVALID_PACKAGE, "is not what its name says");
    }

    @Test
    void shouldRefuseWhatIsNoImageArchive() throws IOException {
        write(TestImage.gzip(TestImage.archiveOf(Map.of("readme.txt", "hello".getBytes()))));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "has no manifest.json");

        write("not even a tar".repeat(100).getBytes());
        shouldRefuse(ProblemType.INVALID_PACKAGE, "is damaged");

        byte[] whole = TestImage.gzip(onBase().full("camera:1"));
        write(java.util.Arrays.copyOf(whole, whole.length / 2));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "is damaged");

        write(TestImage.archiveOf(Map.of("../../etc/passwd", "x".getBytes())));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "leads out of it");

        write(TestImage.linkArchive("a/b", "../../../etc"));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "leads out of it");

        write(TestImage.archiveOf(Map.of("manifest.json", "[{\"Config\":".getBytes())));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "damaged manifest.json");

        write(TestImage.archiveOf(Map.of("manifest.json", "[{},{}]".getBytes())));
        shouldRefuse(ProblemType.INVALID_PACKAGE, "lists 2");
    }

    @Test
    void shouldRefuseAnArchiveThatIsTooLarge() throws IOException {
        images = new ModuleImages(
                engine,
                "0123456789ab",
                new ModuleImages.Rules(false, Duration.ofSeconds(5), 1_000, folder.resolve("scratch")));
        write(TestImage.gzip(onBase().full("camera:1")));

        shouldRefuse(ProblemType.INVALID_PACKAGE, "unpacks to more than 1000 bytes");
    }

    @Test
    void shouldFetchAReferenceOnlyWhenItMay() {
        Image reference = new Image.Reference("registry/camera:1");

        assertThatThrownBy(() -> images.prepare(MODULE, "1.0.0", reference, folder))
                .hasMessageContaining("vyra.container.pull");
        images(true).prepare(MODULE, "1.0.0", reference, folder);

        assertThat(engine.image("registry/camera:1")).isPresent();
    }

    @Test
    void shouldDeleteTheImagesOfVersionsThatAreGone() throws IOException {
        write(onBase().full("camera:1"));
        images.prepare(MODULE, "1.0.0", ARCHIVE, folder);
        images.prepare(MODULE, "1.1.0+a", ARCHIVE, folder);
        load(base().full("vyra/base:2.0.0"));
        images.retain(Map.of(MODULE, Set.of("1.0.0", "1.1.0+a")));

        images.retain(Map.of(MODULE, Set.of("1.1.0+a")));

        assertThat(engine.image(images.name(MODULE, "1.0.0"))).isEmpty();
        assertThat(engine.image(images.name(MODULE, "1.1.0+a"))).isPresent();
        assertThat(engine.image("vyra/base:2.0.0")).isPresent();
    }

    @Test
    void shouldKeepAnImageThatAnInstallationHasJustMadeReady() throws IOException {
        write(onBase().full("camera:1"));
        prepare();

        images.retain(Map.of());

        assertThat(engine.image(name())).isPresent();
        images(false).retain(Map.of());
        assertThat(engine.image(name())).isEmpty();
    }

    @Test
    void shouldRefuseAnImageThatTheEnginesDiskDoesNotTake() throws IOException {
        engine.is(new EngineFacts(EngineFacts.Kind.DOCKER, "20.10.24", "2", "overlay2", Optional.of(folder)));
        images = images(new ImageSpace(asked -> 1_000));
        write(TestImage.gzip(onBase().full("camera:1")));

        shouldRefuse(ProblemType.DISK_FULL, "The image of camera 1.0.0 needs", folder.toString(), "but 1000 are free");
    }

    @Test
    void shouldCountTheBaseThatTheEngineWritesOutAndTakesInAgain() throws IOException {
        engine.is(new EngineFacts(EngineFacts.Kind.DOCKER, "20.10.24", "2", "overlay2", Optional.of(folder)));
        TestImage large = new TestImage().file("etc/os", "base".repeat(1 << 20));
        load(large.full("vyra/base:2.0.0"));
        long ofBase = engine.image("vyra/base:2.0.0").orElseThrow().bytes();
        assertThat(ofBase).isGreaterThan(4 << 20);
        write(TestImage.gzip(large.copy().file("opt/run", "module").delta("vyra/base", "2.0.0", 1)));
        long enoughWithoutTheBase = (64 << 20) + 100_000;
        images = images(new ImageSpace(asked -> enoughWithoutTheBase));

        assertThatThrownBy(this::prepare)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().type()).isEqualTo(ProblemType.DISK_FULL));
        assertThat(engine.image(name())).isEmpty();
        images = images(new ImageSpace(asked -> enoughWithoutTheBase + 2 * ofBase));
        prepare();
        assertThat(engine.image(name())).isPresent();
    }

    private String container(String name) {
        TestLaunch launch = TestLaunch.of(MODULE, folder);
        LaunchSpec spec = launch.build();
        SettingsPlanner planner = new SettingsPlanner(
                ContainerLabels.of(folder),
                new SettingsPlanner.Rules(
                        "host",
                        "127.0.0.1",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        folder,
                        10,
                        new LogLimits(1 << 20, 2),
                        false));
        return engine.create(planner.plan(spec, spec.container().orElseThrow(), new ReadyImage(name, Set.of())))
                .id();
    }

    private void prepareAnotherOfTheSameVersion() throws IOException {
        write(onBase().file("opt/late", "a repaired package of the same version")
                .full("camera:1"));
        prepare();
    }

    @Test
    void shouldRemoveAReplacedImageOnceNoContainerUsesIt() throws IOException {
        write(onBase().full("camera:1"));
        prepare();
        String container = container(name());
        prepareAnotherOfTheSameVersion();
        assertThat(engine.nameless()).isEmpty();

        images(false).retain(Map.of(MODULE, Set.of("1.0.0")));
        assertThat(engine.image(onBase().id())).as("a container uses it").isPresent();
        engine.remove(container);
        images(false).retain(Map.of(MODULE, Set.of("1.0.0")));

        assertThat(engine.image(onBase().id())).isEmpty();
        assertThat(engine.imageNames("")).containsExactly(name());
    }

    @Test
    void shouldKeepAnImageThatWasToBeReplacedByOneThatTheEngineDoesNotTake() throws IOException {
        write(onBase().full("camera:1"));
        prepare();
        write(onBase().file("opt/late", "another").delta("vyra/base", "2.0.0", 1));
        assertThatThrownBy(this::prepare).isInstanceOf(ProblemException.class);

        images.retain(Map.of(MODULE, Set.of("1.0.0")));

        assertThat(engine.imageNames("")).containsExactly(name());
    }

    @Test
    void shouldNotHoldAnImageAgainstADiskThatCannotBeSeen() throws IOException {
        engine.is(new EngineFacts(
                EngineFacts.Kind.DOCKER, "20.10.24", "2", "overlay2", Optional.of(Path.of("/no/such/folder"))));
        images = images(new ImageSpace(asked -> 0));
        write(TestImage.gzip(onBase().full("camera:1")));

        prepare();

        assertThat(engine.image(name())).isPresent();
    }

    @Test
    void shouldTakeTheImageThatWasFetchedBesideThePackage() throws IOException {
        Image offered = new Image.Offered("production");
        Files.createDirectory(folder.resolve(".module"));
        Files.write(folder.resolve(Image.Offered.FILE), TestImage.gzip(onBase().full("camera:1")));

        images.prepare(MODULE, "1.0.0", offered, folder);

        assertThat(engine.image(name()))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(onBase().id()));
        engine.removeImage(name());
        assertThat(images.require(MODULE, "1.0.0", offered, folder).name()).isEqualTo(name());
        assertThat(engine.image(name())).isPresent();
    }
}
