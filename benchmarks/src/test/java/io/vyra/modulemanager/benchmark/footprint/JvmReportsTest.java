package io.vyra.modulemanager.benchmark.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class JvmReportsTest {
    @Test
    void shouldReadTheHeapOfTheSerialCollector() {
        assertThat(JvmReports.heapUsed("""
                        6204:
                        DefNew     total 38528K, used 46K [0x00000000f8200000, 0x00000000fabc0000, 0x00000000fac00000)
                         eden space 34304K,   0% used [0x00000000f8200000, 0x00000000f820bb50, 0x00000000fa380000)
                        Tenured    total 85376K, used 33528K [0x00000000fac00000, 0x00000000fff60000, 0x0000000100000000)
                         the  space 85376K,  39% used [0x00000000fac00000, 0x00000000fccbe218, 0x00000000fff60000)
                        """)).isEqualTo(33_574);
    }

    @Test
    void shouldReadTheHeapOfG1() {
        assertThat(JvmReports.heapUsed("""
                        6204:
                         garbage-first heap   total reserved 131072K, committed 53248K, used 24576K [0x00000000f8000000, 0x0000000100000000)
                          region size 1024K, 3 young (3072K), 0 survivors (0K)
                        """)).isEqualTo(24_576);
    }

    @Test
    void shouldReadMetaspaceAndCodeCache() {
        String metaspace = """
                Metaspace        used 1917K, committed 2048K, reserved 1114112K
                 class space     used 43K, committed 128K, reserved 1048576K
                """;

        assertThat(JvmReports.metaspaceCommitted(metaspace)).isEqualTo(2048);
        assertThat(JvmReports.classSpaceCommitted(metaspace)).isEqualTo(128);
        assertThat(JvmReports.codeCacheUsed("""
                        CodeHeap 'non-nmethods': size=5692Kb used=1536Kb max_used=1594Kb free=4155Kb
                        CodeCache: size=245764Kb, used=4309Kb, max_used=4592Kb, free=241452Kb
                        """)).isEqualTo(4309);
        assertThat(JvmReports.codeCacheUsed("CodeCache: size=32768Kb used=2345Kb max_used=2345Kb free=30423Kb"))
                .isEqualTo(2345);
    }

    @Test
    void shouldReadClassesAndCategories() {
        assertThat(JvmReports.loadedClasses("""
                        0x0000000000000000  0x0000000000000000  0x00007f1be004d470    4248   4456448   1104440  <boot class loader>
                        Total = 4                                                    11093   5366784   1965792
                        """)).isEqualTo(11_093);
        assertThat(JvmReports.nativeMemory("""
                        -                 Java Heap (reserved=129024KB, committed=128128KB)
                                                    (mmap: reserved=129024KB, committed=128128KB, at peak)
                        -    Native Memory Tracking (reserved=833KB, committed=832KB)
                        """))
                .containsExactly(entry("Java Heap", 128_128L), entry("Native Memory Tracking", 832L));
    }

    @Test
    void shouldReadTheLargestClasses() {
        assertThat(JvmReports.largest("""
                         num     #instances         #bytes  class name (module)
                        -------------------------------------------------------
                           1:         19781       20262456  [J (java.base@25.0.3)
                           2:           624          44928  io.netty.buffer.PoolSubpage
                           3:             1             16  java.lang.Object (java.base@25.0.3)
                        Total         20406       20307400
                        """, 2))
                .containsExactly(
                        new JvmReports.Instances("[J", 19_781, 20_262_456),
                        new JvmReports.Instances("io.netty.buffer.PoolSubpage", 624, 44_928));
    }

    @Test
    void shouldRefuseWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> JvmReports.codeCacheUsed("Unknown diagnostic command"))
                .hasMessageContaining("Unknown diagnostic command");
    }
}
