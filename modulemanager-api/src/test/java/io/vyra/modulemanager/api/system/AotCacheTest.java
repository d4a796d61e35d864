package io.vyra.modulemanager.api.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir
    private Path folder;

    private Path cache;

    @BeforeEach
    void makeCache() throws IOException {
        cache = Files.createFile(folder.resolve("modulemanager.aot")).toRealPath();
    }

    @Test
    void shouldBeAbsentWhenNoneWasGiven() throws Exception {
        assertThat(use(List.of("-XX:+UseSerialGC", "-Dx=-XX:AOTCache=x"), cache.toString()))
                .isEqualTo(AotCache.Use.ABSENT);
        assertThat(use(List.of("-XX:AOTCache="), "")).isEqualTo(AotCache.Use.ABSENT);
    }

    @Test
    void shouldBeInUseWhenTheJvmMappedIt() throws Exception {
        assertThat(use(List.of("-XX:AOTCache=" + cache), cache.toString())).isEqualTo(AotCache.Use.IN_USE);
    }

    @Test
    void shouldFollowLinks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.aot"), cache);

        assertThat(use(List.of("-XX:AOTCache=" + link), cache.toString())).isEqualTo(AotCache.Use.IN_USE);
    }

    @Test
    void shouldBeUnusedWhenTheJvmWentOnWithoutIt() throws Exception {
        assertThat(use(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=off"), "/opt/java/lib/server/libjvm.so"))
                .isEqualTo(AotCache.Use.UNUSED);
    }

    @Test
    void shouldBeUnusedWhenTheFileIsMissing() throws Exception {
        assertThat(use(List.of("-XX:AOTCache=" + folder.resolve("none.aot")), cache.toString()))
                .isEqualTo(AotCache.Use.UNUSED);
    }

    @Test
    void shouldGoByTheLastOfSeveral() throws Exception {
        assertThat(use(List.of("-XX:AOTCache=/none", "-XX:AOTCache=" + cache), cache.toString()))
                .isEqualTo(AotCache.Use.IN_USE);
    }

    private AotCache.Use use(List<String> arguments, String mapped) throws IOException {
        Path mappings = Files.writeString(folder.resolve("maps"), """
                7f1c2c000000-7f1c2c021000 rw-p 00000000 00:00 0
                7f1c34a00000-7f1c35e00000 r-xp 00001000 08:01 131090                     %s
                """.formatted(mapped));
        return new AotCache(arguments, mappings).use();
    }
}
