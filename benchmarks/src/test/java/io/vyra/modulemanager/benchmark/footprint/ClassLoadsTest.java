package io.vyra.modulemanager.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassLoadsTest {
    private static final ClassLoads LOADS = ClassLoads.of(List.of(
            "java.lang.Object source: jrt:/java.base",
            "java.lang.String source: jrt:/java.base",
            "io.netty.handler.codec.http.HttpMethod source: file:/srv/opt/vyra/lib/main/io.netty.netty-codec-http.jar",
            "io.vyra.modulemanager.Caller source: jar:file:/srv/opt/vyra/lib/main/core.jar!/",
            "io.vyra.Lambda$$Lambda/0x00007f8c58001000 source: io.vyra.Lambda",
            "jdk.proxy2.$Proxy7 source: __dynamic_proxy__",
            "[12.3s][info] something else"));

    @Test
    void shouldCountByWhereClassesCameFrom() {
        assertThat(LOADS.byOrigin())
                .containsOnly(
                        entry("java.base", 2),
                        entry("io.netty.netty-codec-http.jar", 1),
                        entry("core.jar", 1),
                        entry(ClassLoads.GENERATED, 2));
    }

    @Test
    void shouldCountByTheBeginningOfThePackage() {
        assertThat(LOADS.byPackage())
                .contains(entry("java.lang", 2), entry("io.netty.handler", 1), entry("io.vyra.modulemanager", 1));
    }

    @Test
    void shouldTellTheJarsOfWhichNothingWasLoaded() {
        assertThat(LOADS.unused(List.of("core.jar", "z.jar", "b.jar"))).containsExactly("b.jar", "z.jar");
    }
}
