package io.vyra.modulemanager.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Records and lines are read as if an enemy had written them. */
class FactsTest {
    private static final String START =
            "generation=7\npid=123\nstart_ticks=4\nboot_id=b\nstarted_at_ms=5\nshim_pid=122\nlogs=/l\ncgroup=/a b\nnote=n=1\n"
                    + "warning=setpriority:13\nend\n";

    @Test
    void shouldReadARecord() {
        StartRecord record = StartRecord.from(Facts.ofRecord(START).orElseThrow(), OptionalLong.empty())
                .orElseThrow();

        assertThat(record.identity()).isEqualTo(new ProcessIdentity(123, 4, "b", Instant.ofEpochMilli(5), 7));
        assertThat(record.controlGroups()).hasToString("[/a b]");
        assertThat(record.notes()).isEqualTo(List.of("n=1", "nice: permission denied (errno 13)"));
    }

    @Test
    void shouldRefuseImpossibleFacts() {
        for (String wrong : List.of("pid=1", "pid=-5", "pid=0", "pid=x", "pid=99999999999999999999", "other=2")) {
            String text = START.replace("\npid=123", "\n" + wrong);
            assertThat(StartRecord.from(Facts.ofRecord(text).orElseThrow(), OptionalLong.empty()))
                    .as(wrong)
                    .isEmpty();
        }
        assertThat(ExitRecord.from(Facts.ofLine("exit generation=1 at_ms=1 ran_ms=1")))
                .isEmpty();
        assertThat(ExitRecord.from(Facts.ofLine("exit generation=1 at_ms=1 ran_ms=1 code=1 signal=9")))
                .isEmpty();
        assertThat(ExitRecord.from(Facts.ofLine("exit generation=1 at_ms=1 ran_ms=1 code=256")))
                .isEmpty();
        assertThat(ExitRecord.from(Facts.ofLine("exit generation=1 at_ms=1 ran_ms=1 signal=9")))
                .isPresent();
        assertThat(Facts.ofRecord(START.substring(0, START.length() - 1))).isEmpty();
    }

    @Test
    void shouldSurviveDamagedInput() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(START);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0, 256));
                    case 1 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(1, 9)));
                    default -> text.insert(at, "=9223372036854775807 \n".charAt(random.nextInt(22)));
                }
            }
            Facts.ofRecord(text.toString()).ifPresent(facts -> {
                StartRecord.from(facts, OptionalLong.empty())
                        .ifPresent(record -> assertThat(record.identity().pid()).isGreaterThan(1));
                ExitRecord.from(facts);
            });
            Facts line = Facts.ofLine(text.toString().replace('\n', ' '));
            assertThat(line.all("absent")).isEmpty();
            new ProcessTable().parse(1, text.toString());
        }
    }

    @Test
    void shouldReadAProcessWhoseNameIsMeantToConfuse() {
        String stat =
                "42 (a) R 1 (b) ) S 7 42 42 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 987 1000 5 18446744073709551615";

        ProcessTable.Entry entry = new ProcessTable().parse(42, stat).orElseThrow();

        assertThat(entry.parent()).isEqualTo(7);
        assertThat(entry.startTicks()).isEqualTo(987);
        assertThat(entry.cpuTicks()).isEqualTo(100);
    }
}
