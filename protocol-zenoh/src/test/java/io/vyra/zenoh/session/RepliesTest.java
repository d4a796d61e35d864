package io.vyra.zenoh.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.Datum;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.message.QualityOfService;
import io.vyra.zenoh.message.Timestamp;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.wire.Bytes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RepliesTest {
    private static final ZenohId CLOCK = ZenohId.random();
    private final AtomicInteger forgotten = new AtomicInteger();

    @Test
    void shouldKeepTheNewestOfEachKeyByDefault() throws Exception {
        Replies replies = replies("a/*", Consolidation.AUTO, 1);

        replies.accept(reply("a/1", "old", 1));
        replies.accept(reply("a/2", "only", 5));
        replies.accept(reply("a/1", "new", 3));
        replies.accept(reply("a/1", "older", 2));
        replies.sourceDone();

        assertThat(texts(replies)).containsExactly("new", "only");
    }

    @Test
    void shouldDeliverEverythingWhenToldTo() throws Exception {
        Replies replies = replies("a/*", Consolidation.NONE, 1);

        replies.accept(reply("a/1", "new", 3));
        replies.accept(reply("a/1", "old", 1));
        replies.sourceDone();

        assertThat(texts(replies)).containsExactly("new", "old");
    }

    @Test
    void shouldDeliverATimeRangeWhole() throws Exception {
        Replies replies = replies("a/*?_time=[now(-1h)..]", Consolidation.AUTO, 1);

        replies.accept(reply("a/1", "new", 3));
        replies.accept(reply("a/1", "old", 1));
        replies.sourceDone();

        assertThat(texts(replies)).containsExactly("new", "old");
    }

    @Test
    void shouldDeliverAtOnceWhatIsNewer() throws Exception {
        Replies replies = replies("a/*", Consolidation.MONOTONIC, 1);

        replies.accept(reply("a/1", "first", 2));
        assertThat(replies.next()).isPresent();
        replies.accept(reply("a/1", "older", 1));
        replies.accept(reply("a/1", "newer", 3));
        replies.sourceDone();

        assertThat(texts(replies)).containsExactly("newer");
    }

    @Test
    void shouldDeliverErrorsWhatever() throws Exception {
        Replies replies = replies("a", Consolidation.LATEST, 1);

        replies.accept(new Reply.Failure(Encoding.STRING, Bytes.of("no"), null));

        assertThat(replies.next()).get().isInstanceOf(Reply.Failure.class);
    }

    @Test
    void shouldIgnoreKeysThatWereNotAskedFor() throws Exception {
        Replies strict = replies("a", Consolidation.NONE, 1);
        Replies lax = replies("a?_anyke", Consolidation.NONE, 1);

        assertThat(strict.accept(reply("b", "other", 1))).isFalse();
        assertThat(lax.accept(reply("b", "other", 1))).isTrue();
        lax.sourceDone();

        assertThat(texts(lax)).containsExactly("other");
    }

    @Test
    void shouldEndWithTheLastSource() throws Exception {
        Replies replies = replies("a", Consolidation.NONE, 2);

        replies.sourceDone();
        assertThat(replies.end()).isEmpty();
        replies.sourceDone();

        assertThat(replies.end()).contains(Replies.End.COMPLETE);
        assertThat(replies.all()).isEmpty();
        assertThat(forgotten).hasValue(1);
    }

    @Test
    void shouldKeepWhatItHasWhenTimeIsUpAndNothingWhenCancelled() throws Exception {
        Replies late = replies("a", Consolidation.LATEST, 1);
        Replies cancelled = replies("a", Consolidation.LATEST, 1);
        late.accept(reply("a", "there", 1));
        cancelled.accept(reply("a", "there", 1));

        late.finish(Replies.End.TIMED_OUT);
        cancelled.close();

        assertThat(texts(late)).containsExactly("there");
        assertThat(late.end()).contains(Replies.End.TIMED_OUT);
        assertThat(texts(cancelled)).isEmpty();
        assertThat(cancelled.accept(reply("a", "late", 2))).isFalse();
    }

    @Test
    void shouldBoundWhatNobodyFetches() {
        Replies replies = replies("a/*", Consolidation.NONE, 1);

        for (int i = 0; i < 20; i++) {
            replies.accept(reply("a/" + i, "x", i));
        }

        assertThat(replies.dropped()).isEqualTo(10);
    }

    private Replies replies(String selector, Consolidation consolidation, int sources) {
        return new Replies(Selector.parse(selector), consolidation, sources, 10, 1_000_000, forgotten::incrementAndGet);
    }

    private static Reply reply(String key, String text, long time) {
        Datum datum = new Datum.Put(new Timestamp(time, CLOCK), Encoding.STRING, null, null, Bytes.of(text));
        return new Reply.Success(Sample.of(KeyExpression.of(key), QualityOfService.REQUEST, datum), null);
    }

    private static List<String> texts(Replies replies) throws InterruptedException {
        return replies.all().stream()
                .map(reply -> ((Reply.Success) reply).sample().payload().toText())
                .toList();
    }
}
