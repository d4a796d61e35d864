package io.vyra.modulemanager.benchmark.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatusTest {

    /** As proc(5) has it: the name may have parentheses and spaces. */
    @Test
    void shouldReadProcessorTimeBehindAnyName() {
        String stat = "123 (a) b (c)) S 1 123 123 0 -1 4194304 100 0 0 0 250 50 7 8 20 0 1 0 100 1000 10";

        assertThat(ProcessStatus.cpuSecondsOf(stat)).isEqualTo(3.0);
    }

    @Test
    void shouldReadItsOwn() throws Exception {
        assertThat(ProcessStatus.cpuSeconds("self")).isPositive();
    }
}
