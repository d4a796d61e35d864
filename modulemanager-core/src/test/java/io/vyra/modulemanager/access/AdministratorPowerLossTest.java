package io.vyra.modulemanager.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.powerloss.CrashImage;
import io.vyra.modulemanager.powerloss.DiskModel;
import io.vyra.modulemanager.powerloss.FileCall;
import io.vyra.modulemanager.powerloss.Loss;
import io.vyra.modulemanager.powerloss.SystemCallRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A robot whose power goes during its first start must not lock its owner out. */
class AdministratorPowerLossTest {
    @TempDir
    Path folder;

    @Test
    void shouldAlwaysFindThePasswordOfTheFirstAdministratorInItsFile() throws IOException, InterruptedException {
        Path recorded = Files.createDirectory(folder.resolve("recorded")).toRealPath();
        List<FileCall> calls = record(recorded);
        DiskModel disk = new DiskModel(recorded);
        Set<String> tried = new HashSet<>();
        boolean passwordBegun = false;

        for (FileCall call : calls) {
            disk.apply(call);
            passwordBegun |= call instanceof FileCall.Open open && open.path().endsWith("initial-admin-password");
            for (Loss.Manner manner : Loss.Manner.values()) {
                CrashImage image = disk.image(new Loss(manner, tried.size()));
                if (passwordBegun && tried.add(image.listing())) {
                    checkLogin(image, "after " + call + ", lost: " + manner);
                }
            }
            if (call instanceof FileCall.Mark mark && mark.text().equals(FirstStart.DONE)) {
                break;
            }
        }

        assertThat(tried).hasSizeGreaterThan(5);
    }

    private List<FileCall> record(Path recorded) throws IOException, InterruptedException {
        return new SystemCallRecorder(recorded, folder)
                .record(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstStart.class.getName(),
                        recorded.toString()));
    }

    /** The start after the power loss creates the administrator if there is none yet. */
    private void checkLogin(CrashImage image, String story) throws IOException {
        Path place = Files.createTempDirectory(folder, "image");
        image.writeTo(place);
        try (AccessFixture access = new AccessFixture(place)) {
            access.accounts.createFirstAdministrator();
            assertThat(access.initialPassword.file()).as(story).exists();
            String password = Files.readString(access.initialPassword.file()).strip();
            assertThat(access.accounts.authenticate(InitialPassword.USERNAME, password))
                    .as(story)
                    .isPresent();
        }
    }
}
