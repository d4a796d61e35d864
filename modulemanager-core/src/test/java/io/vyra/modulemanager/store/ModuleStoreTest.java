package io.vyra.modulemanager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.KeptVersion;
import io.vyra.modulemanager.module.ManagerLabel;
import io.vyra.modulemanager.module.ManifestReader;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semver4j.Semver;

class ModuleStoreTest {
    private static final ModuleId ID = new ModuleId("sample", "0123456789abcdef0123456789abcdef");
    private static final ModuleId MANAGER = new ModuleId("v2_modulemanager", "f".repeat(32));

    @TempDir
    Path data;

    private ModuleStore store;

    @BeforeEach
    void setUp() {
        store = new ModuleStore(data, DiskSync.real(), new ManifestReader());
    }

    @Test
    void shouldMakeItsFoldersDurableTogetherAtEachStart() throws IOException {
        List<Path> synced = new ArrayList<>();
        List<Long> folders = new ArrayList<>();
        DiskSync noting = new DiskSync() {
            @Override
            public void file(Path file) {}

            @Override
            public void folder(Path folder) {
                synced.add(folder);
                folders.add(Stream.of("modules", "staging", "trash", "kept")
                        .filter(name -> Files.isDirectory(folder.resolve(name)))
                        .count());
            }
        };
        Path folder = Files.createDirectories(data.resolve("above").resolve("data"));

        new ModuleStore(folder, noting, new ManifestReader());
        new ModuleStore(folder, noting, new ManifestReader());

        assertThat(synced).containsExactly(folder.getParent(), folder, folder);
        assertThat(folders).containsExactly(0L, 4L, 4L);
    }

    @Test
    void shouldCommitAStagedTreeWithLabelAndStorage() throws IOException {
        Path staged = stage("op-1", "1.0.0", "storage/seed.txt", "seed");

        store.commit(ID, new Semver("1.0.0"), staged, MANAGER);

        Path tree = data.resolve("modules").resolve(ID.toString()).resolve("versions/1.0.0");
        assertThat(store.tree(ID, "1.0.0")).isEqualTo(tree);
        assertThat(staged).doesNotExist();
        assertThat(store.manifest(ID, "1.0.0").manifest().labels()).containsEntry(ManagerLabel.KEY, MANAGER.toString());
        assertThat(Files.readSymbolicLink(tree.resolve("storage"))).isEqualTo(Path.of("../../storage"));
        assertThat(tree.resolve("storage/seed.txt")).hasContent("seed");
        assertThat(store.storage(ID).resolve("seed.txt")).hasContent("seed");
        assertThat(store.logs(ID)).isDirectory();
        assertThat(store.moduleIds()).containsExactly(ID);
        assertThat(store.current(ID)).isEmpty();
    }

    @Test
    void shouldAcceptTheSameCommitAgain() throws IOException {
        commit("1.0.0");
        store.commit(ID, new Semver("1.0.0"), data.resolve("staging/gone/tree"), MANAGER);
        store.commit(ID, new Semver("1.0.0"), stage("op-2", "1.0.0", "a", "1.0.0"), MANAGER);

        assertThat(store.versions(ID)).extracting(Semver::getVersion).containsExactly("1.0.0");
        assertThat(data.resolve("staging/op-2/tree")).doesNotExist();
    }

    @Test
    void shouldRefuseOtherContentUnderTheSameVersion() throws IOException {
        commit("1.0.0");
        Path other = stage("op-2", "1.0.0", "a", "other");

        assertThatThrownBy(() -> store.commit(ID, new Semver("1.0.0"), other, MANAGER))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CONFLICT));
        assertThat(store.tree(ID, "1.0.0").resolve("a")).hasContent("1.0.0");
    }

    @Test
    void shouldKeepStorageOverUpdatesAndNotSeedItAgain() throws IOException {
        store.commit(ID, new Semver("1.0.0"), stage("op-1", "1.0.0", "storage/a", "one"), MANAGER);
        Files.writeString(store.storage(ID).resolve("a"), "changed");
        store.commit(ID, new Semver("1.1.0"), stage("op-2", "1.1.0", "storage/b", "two"), MANAGER);

        assertThat(store.tree(ID, "1.1.0").resolve("storage/a")).hasContent("changed");
        assertThat(store.storage(ID).resolve("b")).doesNotExist();
    }

    @Test
    void shouldRefuseStorageThatIsNoFolder() throws IOException {
        Path staged = stage("op-1", "1.0.0", "storage", "a file");

        assertThatThrownBy(() -> store.commit(ID, new Semver("1.0.0"), staged, MANAGER))
                .hasMessageContaining("'storage'");
        assertThat(store.versions(ID)).isEmpty();
    }

    @Test
    void shouldSwitchCurrentBetweenCommittedVersionsOnly() throws IOException {
        commit("1.0.0");
        commit("2.0.0");
        store.switchCurrent(ID, "1.0.0");
        store.switchCurrent(ID, "2.0.0");

        assertThat(store.current(ID)).contains("2.0.0");
        assertThat(Files.readSymbolicLink(
                        data.resolve("modules").resolve(ID.toString()).resolve("current")))
                .isEqualTo(Path.of("versions/2.0.0"));
        assertThatThrownBy(() -> store.switchCurrent(ID, "3.0.0")).hasMessageContaining("3.0.0");
        assertThatThrownBy(() -> store.switchCurrent(ID, "../../x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(store.current(ID)).contains("2.0.0");

        store.clearCurrent(ID);
        store.clearCurrent(ID);
        assertThat(store.current(ID)).isEmpty();
    }

    @Test
    void shouldTrashVersionsButNotTheCurrentOne() throws IOException {
        commit("1.0.0");
        commit("2.0.0");
        store.switchCurrent(ID, "2.0.0");

        store.trashVersion(ID, "1.0.0");
        store.trashVersion(ID, "1.0.0");

        assertThat(store.versions(ID)).extracting(Semver::getVersion).containsExactly("2.0.0");
        assertThatThrownBy(() -> store.trashVersion(ID, "2.0.0")).hasMessageContaining("current");
    }

    @Test
    void shouldKeepDataOfARemovedModuleForItsReturn() throws IOException {
        commit("1.0.0");
        store.switchCurrent(ID, "1.0.0");
        Files.writeString(store.storage(ID).resolve("map"), "mine");

        store.trashModule(ID, true);
        store.trashModule(ID, true);

        assertThat(store.moduleIds()).isEmpty();
        assertThat(data.resolve("kept").resolve(ID.toString()).resolve("map")).hasContent("mine");
        commit("1.0.0");
        assertThat(store.storage(ID).resolve("map")).hasContent("mine");
    }

    @Test
    void shouldEmptyTheTrashWithoutFollowingLinks() throws IOException {
        Path precious = Files.writeString(
                Files.createDirectory(data.resolve("precious")).resolve("file"), "x");
        commit("1.0.0");
        Path storage = store.storage(ID);
        Files.createSymbolicLink(storage.resolve("out"), precious.getParent());
        Path locked = Files.createDirectory(storage.resolve("locked"));
        Files.writeString(locked.resolve("f"), "x");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));

        store.trashModule(ID, false);
        store.emptyTrash();

        assertThat(data.resolve("trash")).isEmptyDirectory();
        assertThat(data.resolve("kept")).isEmptyDirectory();
        assertThat(precious).hasContent("x");
    }

    @Test
    void shouldRestoreStorageFromItsSnapshot() throws IOException {
        commit("1.0.0");
        Path storage = store.storage(ID);
        Files.createDirectories(storage.resolve("d"));
        Files.writeString(storage.resolve("d/a"), "before");
        Files.setPosixFilePermissions(storage.resolve("d/a"), PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(storage.resolve("link"), Path.of("d/a"));

        store.snapshotStorage(ID, "op-9");
        Files.writeString(storage.resolve("d/a"), "after");
        Files.writeString(storage.resolve("new"), "x");
        store.snapshotStorage(ID, "op-9");
        assertThat(store.leftovers().snapshots()).containsExactly(new Leftovers.Snapshot(ID, "op-9"));
        store.restoreStorage(ID, "op-9");
        store.restoreStorage(ID, "op-9");

        assertThat(storage.resolve("link")).isSymbolicLink().hasContent("before");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(storage.resolve("d/a"))))
                .isEqualTo("rw-r-----");
        assertThat(storage.resolve("new")).doesNotExist();
        store.dropSnapshot(ID, "op-9");
        assertThat(store.leftovers().snapshots()).isEmpty();
    }

    @Test
    void shouldFinishARestoreThatACrashCutOff() throws IOException {
        commit("1.0.0");
        Files.writeString(store.storage(ID).resolve("a"), "before");
        store.snapshotStorage(ID, "op-9");
        // The crash came after storage went to the trash.
        Files.move(store.storage(ID), data.resolve("trash/storage.cut-off"));

        store.restoreStorage(ID, "op-9");

        assertThat(store.storage(ID).resolve("a")).hasContent("before");
    }

    @Test
    void shouldTellAndDiscardLeftovers() throws IOException {
        commit("1.0.0");
        store.stagingFolder("op-7");
        Path module = data.resolve("modules").resolve(ID.toString());
        Files.createDirectories(module.resolve("snapshots/.partial-op-3"));
        Files.createSymbolicLink(module.resolve(".partial-current"), Path.of("versions/1.0.0"));
        Files.createDirectories(data.resolve("modules/stranger"));

        Leftovers leftovers = store.leftovers();
        assertThat(leftovers.stagings()).containsExactly("op-1.0.0", "op-7");
        assertThat(leftovers.partials()).hasSize(2);
        assertThat(leftovers.unknown()).containsExactly("modules/stranger");
        store.discardPartials();
        store.discardStaging("op-7");
        store.discardStaging("op-7");

        assertThat(store.leftovers().partials()).isEmpty();
        assertThat(store.leftovers().stagings()).containsExactly("op-1.0.0");
        assertThat(data.resolve("modules/stranger")).exists();
        assertThatThrownBy(() -> store.stagingFolder("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldMeasureAndOrderVersionsBySemanticVersion() throws IOException {
        commit("1.9.0");
        commit("1.10.0");
        commit("1.10.0-rc.1");

        assertThat(store.keptVersions(ID))
                .extracting(KeptVersion::version)
                .containsExactly("1.10.0", "1.10.0-rc.1", "1.9.0");
        assertThat(store.keptVersions(ID)).allMatch(kept -> kept.bytes() > 20 && !kept.isKept());
        assertThat(store.bytesOf(data.resolve("nowhere"))).isZero();
    }

    /** Every sync in turn is made to fail; doing the same again afterwards must always reach the goal. */
    @Test
    void shouldReachTheGoalWhereverAnAttemptBrokeOff() throws IOException {
        for (int failing = 0; failing < 60; failing++) {
            Path folder = Files.createDirectory(data.resolve("run-" + failing));
            BreakingSync breaking = new BreakingSync(failing);
            boolean broke = false;
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    scenario(new ModuleStore(folder, breaking, new ManifestReader()), folder);
                    break;
                } catch (ProblemException e) {
                    broke = true;
                }
            }
            ModuleStore after = new ModuleStore(folder, DiskSync.real(), new ManifestReader());
            assertThat(after.current(ID)).as("sync %s failed", failing).contains("1.0.0");
            assertThat(after.storage(ID).resolve("seed")).hasContent("1.0.0");
            assertThat(after.tree(ID, "1.0.0").resolve("storage/seed")).hasContent("1.0.0");
            assertThat(after.leftovers().partials()).isEmpty();
            if (!broke) {
                assertThat(failing).as("syncs of one run").isGreaterThan(10);
                return;
            }
        }
        throw new AssertionError("the scenario syncs more often than expected");
    }

    @Test
    void shouldTakeInAFileDurablyAndAgain() throws IOException {
        Path uploaded = Files.writeString(data.resolve("staging/upload.tar.gz"), "package");
        Path staged = store.stagingFolder("op").resolve("package.tar.gz");
        BreakingSync recording = new BreakingSync(Integer.MAX_VALUE);
        ModuleStore recorded = new ModuleStore(data, recording, new ManifestReader());
        recording.synced.clear();

        recorded.takeIn(uploaded, staged);
        recorded.takeIn(uploaded, staged);

        assertThat(staged).hasContent("package");
        assertThat(uploaded).doesNotExist();
        assertThat(recording.synced).containsExactly(staged.getParent(), uploaded.getParent(), staged.getParent());
    }

    @Test
    void shouldJournalPathsSoThatTheDataFolderCanMove() {
        Path inside = data.resolve("staging/upload.tar.gz");

        assertThat(store.journaled(inside)).isEqualTo("staging/upload.tar.gz");
        assertThat(store.located(store.journaled(inside))).isEqualTo(inside);
        assertThat(store.located(store.journaled(Path.of("/elsewhere/upload.tar.gz"))))
                .isEqualTo(Path.of("/elsewhere/upload.tar.gz"));
    }

    private static void scenario(ModuleStore store, Path folder) throws IOException {
        if (!store.hasVersion(ID, "1.0.0")) {
            Path staged = store.stagingFolder("op").resolve("tree");
            if (!Files.exists(staged)) {
                tree(staged, "1.0.0", "storage/seed", "1.0.0");
            }
            store.commit(ID, new Semver("1.0.0"), staged, MANAGER);
        }
        store.snapshotStorage(ID, "op");
        store.switchCurrent(ID, "1.0.0");
        store.restoreStorage(ID, "op");
        store.dropSnapshot(ID, "op");
        store.discardStaging("op");
        assertThat(folder.resolve("staging/op")).doesNotExist();
    }

    private static final class BreakingSync implements DiskSync {
        private final List<Path> synced = new ArrayList<>();
        private final int failing;

        BreakingSync(int failing) {
            this.failing = failing;
        }

        @Override
        public void file(Path file) throws IOException {
            folder(file);
        }

        @Override
        public void folder(Path folder) throws IOException {
            synced.add(folder);
            if (synced.size() - 1 == failing) {
                throw new IOException("broken on purpose");
            }
        }
    }

    private void commit(String version) throws IOException {
        store.commit(ID, new Semver(version), stage("op-" + version, version, "a", version), MANAGER);
    }

    private Path stage(String operation, String version, String file, String content) throws IOException {
        return tree(store.stagingFolder(operation).resolve("tree"), version, file, content);
    }

    private static Path tree(Path tree, String version, String file, String content) throws IOException {
        Files.createDirectories(tree.resolve(".module"));
        Files.writeString(tree.resolve(".module/module_data.yaml"), "name: sample\nversion: " + version + "\n");
        Files.createDirectories(tree.resolve(file).getParent());
        Files.writeString(tree.resolve(file), content);
        return tree;
    }
}
