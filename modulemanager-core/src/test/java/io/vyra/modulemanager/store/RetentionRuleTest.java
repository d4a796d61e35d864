package io.vyra.modulemanager.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.modulemanager.KeptVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionRuleTest {
    @Test
    void shouldNameEveryReasonAndNoneForWhatWouldGo() {
        List<KeptVersion> judged = new RetentionRule(2)
                .apply(
                        versions("1.9.0", "1.10.0", "1.0.0", "2.0.0", "1.1.0", "1.2.0"),
                        Optional.of("1.9.0"),
                        Optional.of("1.1.0"),
                        Set.of("1.0.0", "2.0.0"));

        assertThat(judged)
                .extracting(kept -> kept.version() + kept.reasons())
                .containsExactly(
                        "2.0.0[pinned, newest]",
                        "1.10.0[newest]",
                        "1.9.0[current]",
                        "1.2.0[]",
                        "1.1.0[previous]",
                        "1.0.0[pinned]");
        assertThat(judged).filteredOn(kept -> !kept.isKept()).hasSize(1);
    }

    @Test
    void shouldKeepOnlyWhatIsNamedWhenNoNewestAreWanted() {
        assertThat(new RetentionRule(0)
                        .apply(versions("1.0.0", "2.0.0"), Optional.of("1.0.0"), Optional.empty(), Set.of()))
                .filteredOn(KeptVersion::isKept)
                .extracting(KeptVersion::version)
                .containsExactly("1.0.0");
    }

    @Test
    void shouldRefuseANegativeNumber() {
        assertThatThrownBy(() -> new RetentionRule(-1))
                .hasMessageContaining("newest")
                .hasMessageContaining("-1");
    }

    private static List<KeptVersion> versions(String... versions) {
        return Stream.of(versions)
                .map(version -> new KeptVersion("m", version, 1, Instant.EPOCH, List.of()))
                .toList();
    }
}
