package io.vyra.modulemanager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepASecondManagerOffTheFolder() {
        try (DataFolderLock lock = DataFolderLock.take(folder.resolve("data"))) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DataFolderLock.take(folder.resolve("data")))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("Another module manager")
                    .hasMessageContaining("--data DIR");
        }
        DataFolderLock.take(folder.resolve("data")).close();
    }

    @Test
    void shouldSayWhenTheFolderCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolderLock.take(file))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("writable");
    }
}
