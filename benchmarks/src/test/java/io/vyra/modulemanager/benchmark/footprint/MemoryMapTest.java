package io.vyra.modulemanager.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
    @Test
    void shouldSumTheMappingsOfAKind() {
        List<String> smaps = """
                f8200000-fac00000 rw-p 00000000 00:00 0
                Rss:               30000 kB
                Pss:               29000 kB
                Pss_Dirty:         29000 kB
                7f0000000000-7f0000100000 rw-p 00000000 00:00 0                          [anon: code]
                Pss:                1000 kB
                7f1111000000-7f1111100000 r--s 00000000 fe:00 1234                       /opt/vyra/aot/modulemanager.aot
                Pss:                 500 kB
                7f2222000000-7f2222100000 r-xp 00000000 fe:00 1235                       /opt/java/lib/server/libjvm.so
                Pss:                 400 kB
                7f3333000000-7f3333100000 r-xp 00000000 fe:00 1236                       /lib/x86_64-linux-gnu/libc.so.6
                Pss:                  70 kB
                7f4444000000-7f4444100000 r--s 00000000 fe:00 1237                       /opt/vyra/lib/main/a.jar
                Pss:                   5 kB
                """.lines().toList();

        assertThat(MemoryMap.pss(smaps))
                .containsOnly(
                        entry("anonymous (Java heap, metaspace, code, arenas of malloc)", 30_000L),
                        entry("AOT cache", 500L),
                        entry("JVM (libjvm)", 400L),
                        entry("other libraries", 70L),
                        entry("other files (jars, modules, database)", 5L));
    }
}
