package io.vyra.modulemanager.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.module.Lifecycle;
import io.vyra.modulemanager.module.ModuleHealth;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.Operational;
import io.vyra.modulemanager.module.StateLayers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModuleReportsTest {
    private static final ModuleId DRIVER = new ModuleId("driver", "0".repeat(32));
    private static final ModuleId CAMERA = new ModuleId("camera", "1".repeat(32));
    private static final ModuleId STRANGER = new ModuleId("stranger", "2".repeat(32));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final FeedHub feed = new FeedHub(() -> now, 1_000, 1_000);
    private final List<ModuleId> changed = new ArrayList<>();
    private final ModuleReports reports =
            new ModuleReports(feed, () -> now, Set.of(DRIVER, CAMERA)::contains, changed::add);

    @Test
    void shouldPutLayersTogetherAndTellOfChangesOnly() {
        reports.state(DRIVER, Lifecycle.ACTIVE);
        reports.state(DRIVER, Operational.RUNNING);
        reports.state(DRIVER, Operational.RUNNING);

        assertThat(reports.layers(DRIVER))
                .isEqualTo(new StateLayers(
                        Optional.of(Lifecycle.ACTIVE), Optional.of(Operational.RUNNING), Optional.empty()));
        assertThat(changed).containsExactly(DRIVER, DRIVER);
    }

    @Test
    void shouldNoticeThatAMessageWasLost() {
        reports.state(DRIVER, Lifecycle.INITIALIZING);

        boolean isNext = reports.state(DRIVER, Lifecycle.ACTIVE);
        boolean isJump = !reports.state(DRIVER, Lifecycle.OFFLINE);

        assertThat(isNext).isTrue();
        assertThat(isJump).isTrue();
        assertThat(reports.layers(DRIVER).lifecycle()).contains(Lifecycle.OFFLINE);
    }

    @Test
    void shouldForgetWhatAModuleToldThatIsGone() {
        reports.state(
                DRIVER,
                new StateLayers(
                        Optional.of(Lifecycle.ACTIVE),
                        Optional.of(Operational.IDLE),
                        Optional.of(ModuleHealth.HEALTHY)));

        reports.gone(DRIVER);
        reports.gone(DRIVER);

        assertThat(reports.layers(DRIVER)).isEqualTo(StateLayers.UNKNOWN);
        assertThat(changed).containsExactly(DRIVER, DRIVER);
    }

    @Test
    void shouldTakeNothingFromAModuleThatIsNotInstalled() {
        reports.state(STRANGER, Lifecycle.ACTIVE);
        reports.entry(FeedEntry.Kind.NEWS, STRANGER, "hello", "");

        assertThat(reports.layers(STRANGER)).isEqualTo(StateLayers.UNKNOWN);
        assertThat(entries(STRANGER)).isEmpty();
        assertThat(changed).isEmpty();
        assertThat(reports.foreign()).isEqualTo(2);
    }

    @Test
    void shouldNotLetOneModuleSilenceAnother() {
        IntStream.range(0, 500).forEach(i -> reports.entry(FeedEntry.Kind.NEWS, DRIVER, "babble " + i, ""));
        reports.entry(FeedEntry.Kind.ERROR, CAMERA, "lens cap is on", "E7");

        assertThat(entries(DRIVER)).hasSize(SpeechLimit.BURST);
        assertThat(entries(CAMERA)).hasSize(1);
        assertThat(reports.excessive()).isEqualTo(500 - SpeechLimit.BURST);

        now = now.plusSeconds(1);
        IntStream.range(0, 500).forEach(i -> reports.entry(FeedEntry.Kind.NEWS, DRIVER, "babble " + i, ""));

        assertThat(entries(DRIVER)).hasSize(SpeechLimit.BURST + SpeechLimit.PER_SECOND);
    }

    @Test
    void shouldShortenWhatIsTooLong() {
        reports.entry(FeedEntry.Kind.NEWS, DRIVER, "x".repeat(1_000_000), "");

        assertThat(entries(DRIVER))
                .singleElement()
                .satisfies(entry -> assertThat(entry.entry().message())
                        .hasSizeLessThan(5_000)
                        .endsWith("…"));
    }

    private List<FeedEvent.Entry> entries(ModuleId module) {
        return feed.history(Optional.of(module.toString()), Optional.empty(), 0, 1_000);
    }
}
