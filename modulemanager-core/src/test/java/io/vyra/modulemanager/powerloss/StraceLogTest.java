package io.vyra.modulemanager.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.powerloss.FileCall.MakeFolder;
import io.vyra.modulemanager.powerloss.FileCall.MakeLink;
import io.vyra.modulemanager.powerloss.FileCall.Mark;
import io.vyra.modulemanager.powerloss.FileCall.Open;
import io.vyra.modulemanager.powerloss.FileCall.Remove;
import io.vyra.modulemanager.powerloss.FileCall.Rename;
import io.vyra.modulemanager.powerloss.FileCall.Sync;
import io.vyra.modulemanager.powerloss.FileCall.Write;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StraceLogTest {
    private static final Path ROOT = Path.of("/data");
    private static final Path FILE = ROOT.resolve("file");

    private final StraceLog log = new StraceLog(ROOT);

    @Test
    void shouldReadTheCallsThatChangeSomethingBelowTheRoot() {
        read("7 openat(AT_FDCWD<" + hex("/home") + ">, \"" + hex("/data/file")
                + "\", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 5<" + hex("/data/file") + ">");
        read("7 mkdir(\"" + hex("/data/folder") + "\", 0777) = 0");
        read("7 symlink(\"" + hex("folder") + "\", \"" + hex("/data/link") + "\") = 0");
        read("7 rename(\"" + hex("/data/file") + "\", \"" + hex("/data/other") + "\") = 0");
        read("7 unlinkat(5<" + hex("/data") + ">, \"" + hex("other") + "\", 0) = 0");

        assertThat(log.calls())
                .containsExactly(
                        new Open(FILE, true, false, 0644),
                        new MakeFolder(ROOT.resolve("folder"), 0755),
                        new MakeLink(ROOT.resolve("link"), "folder"),
                        new Rename(FILE, ROOT.resolve("other")),
                        new Remove(ROOT.resolve("other")));
    }

    @Test
    void shouldLeaveOutWhatFailedWhatOnlyReadsAndWhatIsElsewhere() {
        read("7 openat(AT_FDCWD<" + hex("/home") + ">, \"" + hex("/data/file") + "\", O_RDONLY) = 5<"
                + hex("/data/file") + ">");
        read("7 unlink(\"" + hex("/data/file") + "\") = -1 ENOENT (No such file or directory)");
        read("7 mkdir(\"" + hex("/elsewhere") + "\", 0777) = 0");
        read("7 pwrite64(5<" + hex("/data/file") + ">(deleted), \"" + hex("x") + "\", 1, 0) = 1");
        read("7 +++ exited with 0 +++");

        assertThat(log.calls()).isEmpty();
    }

    @Test
    void shouldTakeAsManyBytesAsWereWritten() {
        read("7 pwrite64(5<" + hex("/data/file") + ">, \"" + hex("a, b = c") + "\", 8, 4096) = 4");

        Write write = (Write) log.calls().getFirst();
        assertThat(write.offset()).isEqualTo(OptionalLong.of(4096));
        assertThat(new String(write.bytes(), StandardCharsets.UTF_8)).isEqualTo("a, b");
    }

    @Test
    void shouldOrderCallsByTheirEndAndRememberWhenASyncBegan() {
        read("7 mkdir(\"" + hex("/data/1") + "\", 0777) = 0");
        read("7 fsync(5<" + hex("/data") + "> <unfinished ...>");
        read("8 mkdir(\"" + hex("/data/2") + "\", 0777 <unfinished ...>");
        read("8 <... mkdir resumed>)              = 0");
        read("7 <... fsync resumed>)              = 0");

        assertThat(log.calls())
                .containsExactly(
                        new MakeFolder(ROOT.resolve("1"), 0755),
                        new MakeFolder(ROOT.resolve("2"), 0755),
                        new Sync(ROOT, 1));
    }

    @Test
    void shouldFollowTheWorkingFolderOfAProcessAndOfThoseItStarts() {
        read("7 chdir(\"" + hex("/data/run") + "\") = 0");
        read("7 clone(child_stack=NULL, flags=SIGCHLD) = 8");
        read("8 unlink(\"" + hex("lock") + "\") = 0");

        assertThat(log.calls()).containsExactly(new Remove(ROOT.resolve("run/lock")));
    }

    @Test
    void shouldMarkWhatTheProgramSays() {
        read("7 write(1<" + hex("/tmp/output") + ">, \"" + hex("HALF WAY\n") + "\", 9) = 9");

        assertThat(log.calls()).containsExactly(new Mark("HALF WAY"));
    }

    @Test
    void shouldRefuseACallItDoesNotKnow() {
        assertThatThrownBy(() -> read("7 fallocate(5<" + hex("/data/file") + ">, 0, 0, 4096) = 0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fallocate");
        assertThatThrownBy(() -> read("7 write(5<" + hex("/data/file") + ">, \"" + hex("ab") + "\"..., 9) = 9"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("whole");
    }

    private void read(String line) {
        log.line(line);
    }

    private static String hex(String text) {
        return "\\x" + HexFormat.ofDelimiter("\\x").formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
