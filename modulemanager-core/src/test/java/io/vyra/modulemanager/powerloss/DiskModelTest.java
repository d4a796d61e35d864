package io.vyra.modulemanager.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.powerloss.FileCall.MakeFolder;
import io.vyra.modulemanager.powerloss.FileCall.Open;
import io.vyra.modulemanager.powerloss.FileCall.Remove;
import io.vyra.modulemanager.powerloss.FileCall.Rename;
import io.vyra.modulemanager.powerloss.FileCall.Sync;
import io.vyra.modulemanager.powerloss.FileCall.Write;
import io.vyra.modulemanager.powerloss.Loss.Manner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskModelTest {
    private static final Path ROOT = Path.of("/disk");
    private static final Path A = ROOT.resolve("a");
    private static final Path B = ROOT.resolve("b");
    private static final int SEEDS = 200;

    private final DiskModel disk = new DiskModel(ROOT);
    private int calls;

    @Test
    void shouldLoseContentOfAFileThatWasNotSynced() {
        write(A, "content");
        sync(ROOT);

        assertThat(namesAfter(Manner.EVERYTHING)).containsExactly("a");
        assertThat(contentAfter(Manner.EVERYTHING, "a")).isEmpty();
        assertThat(contentAfter(Manner.NOTHING, "a")).isEqualTo(bytes("content"));
    }

    @Test
    void shouldLoseTheNameOfASyncedFileWhoseFolderWasNot() {
        write(A, "content");
        sync(A);

        assertThat(namesAfter(Manner.EVERYTHING)).isEmpty();
    }

    @Test
    void shouldKeepWhatWasSynced() {
        write(A, "content");
        sync(A);
        sync(ROOT);

        for (Manner manner : Manner.values()) {
            assertThat(contentAfter(manner, "a")).isEqualTo(bytes("content"));
        }
    }

    @Test
    void shouldLoseATreeWhoseOwnNameWasNotSynced() {
        apply(new MakeFolder(A, 0755));
        write(A.resolve("inner"), "content");
        sync(A.resolve("inner"));
        sync(A);

        assertThat(namesAfter(Manner.EVERYTHING)).isEmpty();
    }

    @Test
    void shouldNotMakeDurableWhatEndedAfterTheSyncBegan() {
        write(A, "content");
        int begun = calls;
        apply(new Rename(A, B));
        apply(new Sync(ROOT, begun));

        assertThat(namesAfter(Manner.EVERYTHING)).containsExactly("a");
    }

    @Test
    void shouldRenameWhollyOrNotAtAll() {
        apply(new MakeFolder(B, 0755));
        write(A, "content");
        sync(ROOT);
        apply(new Rename(A, B.resolve("c")));

        Set<String> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            found.add(disk.image(new Loss(Manner.SCATTERED, seed))
                    .listing()
                    .lines()
                    .map(line -> line.split(" ", 2)[0])
                    .toList()
                    .toString());
        }

        assertThat(found).containsExactlyInAnyOrder("[a, b/]", "[b/, b/c]");
    }

    @Test
    void shouldReorderChangesOfDifferentNamesButNotOfOne() {
        write(A, "1");
        write(B, "2");
        apply(new Remove(A));

        Set<Set<String>> found = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            found.add(disk.image(new Loss(Manner.SCATTERED, seed))
                    .root()
                    .entries()
                    .keySet());
        }

        assertThat(found).containsExactlyInAnyOrder(Set.of(), Set.of("a"), Set.of("b"), Set.of("a", "b"));
    }

    @Test
    void shouldTearAWriteOnlyAtSectors() {
        apply(new Open(A, false, false, 0644));
        sync(ROOT);
        byte[] bytes = new byte[3 * 512];
        Arrays.fill(bytes, (byte) 1);
        apply(new Write(A, OptionalLong.of(100), bytes));

        Set<Integer> written = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            int ones = 0;
            for (byte value : contentAfter(new Loss(Manner.IN_ORDER, seed), "a")) {
                ones += value;
            }
            written.add(ones);
        }

        assertThat(written).containsExactlyInAnyOrder(0, 412, 412 + 512, 412 + 2 * 512, 3 * 512);
    }

    @Test
    void shouldAppendWhereTheLastWriteEnded() {
        write(A, "one ");
        apply(new Write(A, OptionalLong.empty(), bytes("two")));
        apply(new Open(A, false, true, 0644));
        apply(new Write(A, OptionalLong.empty(), bytes("!")));

        assertThat(contentAfter(Manner.NOTHING, "a")).isEqualTo(bytes("one two!"));
    }

    @Test
    void shouldRefuseACallOnWhatWasNeverMade() {
        assertThatThrownBy(() -> apply(new Remove(A)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/disk/a");
    }

    private void write(Path file, String content) {
        apply(new Open(file, true, false, 0644));
        apply(new Write(file, OptionalLong.empty(), bytes(content)));
    }

    private void sync(Path path) {
        apply(new Sync(path, calls));
    }

    private void apply(FileCall call) {
        disk.apply(call);
        calls++;
    }

    private Set<String> namesAfter(Manner manner) {
        return disk.image(new Loss(manner, 1)).root().entries().keySet();
    }

    private byte[] contentAfter(Manner manner, String name) {
        return contentAfter(new Loss(manner, 1), name);
    }

    private byte[] contentAfter(Loss loss, String name) {
        return ((CrashImage.File) disk.image(loss).root().entries().get(name)).bytes();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
