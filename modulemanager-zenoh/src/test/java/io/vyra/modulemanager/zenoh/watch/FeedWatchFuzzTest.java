package io.vyra.modulemanager.zenoh.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vyra.modulemanager.bus.ModuleReports;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.zenoh.bus.Answer;
import io.vyra.modulemanager.zenoh.connection.TrafficMeter;
import io.vyra.modulemanager.zenoh.payload.JsonPayloads;
import io.vyra.modulemanager.zenoh.payload.Refusals;
import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.wire.Bytes;
import java.time.Instant;
import java.util.List;

/** Whatever is said on a feed, the watch goes on: it is taken or counted. */
class FeedWatchFuzzTest {
    private static final ModuleId ARM = new ModuleId("arm", "1".repeat(32));

    @FuzzTest(maxDuration = "10s")
    void shouldTakeOrCountEveryMessage(FuzzedDataProvider data) {
        FeedHub hub = new FeedHub(() -> Instant.EPOCH, 10, 10);
        ModuleReports reports = new ModuleReports(hub, () -> Instant.EPOCH, ARM::equals, _ -> {});
        JsonPayloads payloads = new JsonPayloads(10_000);
        Refusals refusals = new Refusals(() -> Instant.EPOCH);
        Heartbeats heartbeats = new Heartbeats(() -> 0);
        StateReader states = new StateReader(
                (module, below, arguments, timeout) -> new Answer.Nobody(), reports, heartbeats, payloads.object());
        FeedWatch watch = new FeedWatch(
                new ModuleId("v2_modulemanager", "0".repeat(32)),
                reports::hears,
                List::of,
                reports,
                heartbeats,
                states,
                payloads,
                refusals,
                new TrafficMeter(),
                Runnable::run);
        Feed feed = data.pickValue(Feed.values());

        watch.heard(feed, KeyExpression.of(ARM + "/feeder/Any"), Bytes.wrap(data.consumeRemainingAsBytes()));

        boolean isTaken = heartbeats.age(ARM).isPresent();
        assertThat(refusals.count()).isEqualTo(isTaken ? 0 : 1);
    }
}
