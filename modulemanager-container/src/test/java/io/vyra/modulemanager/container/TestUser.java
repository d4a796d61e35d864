package io.vyra.modulemanager.container;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A user of a test's own, with subordinate ids for containers of his. Only root can make one. */
final class TestUser implements AutoCloseable {
    private final String name = "mm" + UUID.randomUUID().toString().substring(0, 8);
    private final List<Path> given = new ArrayList<>();
    private final Path home;
    private final String id;

    TestUser() throws IOException {
        home = Files.createTempDirectory("user");
        run("useradd", "--home-dir", home.toString(), "--no-create-home", "--shell", "/bin/sh", "--user-group", name);
        id = run("id", "-u", name).strip();
        if (Files.readAllLines(Path.of("/etc/subuid")).stream().noneMatch(line -> line.startsWith(name + ":"))) {
            run("usermod", "--add-subuids", "700000-765535", "--add-subgids", "700000-765535", name);
        }
        giveTo(home);
    }

    String name() {
        return name;
    }

    Path home() {
        return home;
    }

    /** What stands before a program that is to run as he. */
    List<String> as() {
        return List.of(
                "setpriv",
                "--reuid=" + id,
                "--regid=" + run("id", "-g", name).strip(),
                "--init-groups",
                "env",
                "-i",
                "HOME=" + home,
                "USER=" + name,
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    /** Makes a folder his; it goes when he goes. */
    void giveTo(Path folder) {
        given.add(folder);
        run("chown", "-R", name + ":" + name, folder.toString());
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What keeps his name spaces alive, too. */
    private boolean isBusy() {
        List<ProcessHandle> his = ProcessHandle.allProcesses()
                .filter(process -> process.info().user().filter(name::equals).isPresent())
                .toList();
        his.forEach(ProcessHandle::destroyForcibly);
        return !his.isEmpty();
    }

    @Override
    public void close() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !isBusy());
        run("userdel", name);
        // What his last processes wrote after everybody else had tidied up.
        given.forEach(folder -> run("rm", "-rf", folder.toString()));
    }
}
