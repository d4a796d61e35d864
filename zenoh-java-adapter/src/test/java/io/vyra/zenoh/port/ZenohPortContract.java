package io.vyra.zenoh.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.message.Encoding;
import io.vyra.zenoh.router.RouterListener;
import io.vyra.zenoh.router.RouterListenerSettings;
import io.vyra.zenoh.router.RouterSettings;
import io.vyra.zenoh.router.ZenohRouter;
import io.vyra.zenoh.session.Selector;
import io.vyra.zenoh.wire.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the port does: two of them and a router between. */
public abstract class ZenohPortContract {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Content QUESTION =
            new Content(Bytes.of("{\"a\":1}"), Encoding.JSON, null).withAttachment(Bytes.of("attached"));

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private ZenohRouter router;
    private ZenohPort here;
    private ZenohPort there;

    /** Connects to the router. */
    protected abstract ZenohPort open(Endpoint endpoint, Consumer<? super Throwable> failures) throws Exception;

    @BeforeEach
    void connect() throws Exception {
        router = ZenohRouter.open(
                RouterSettings.of(RouterListenerSettings.open(new Endpoint(Endpoint.Protocol.TCP, "127.0.0.1", 0))),
                RouterListener.NONE);
        opened.push(router);
        here = open(router.endpoints().getFirst(), failures::add);
        opened.push(here);
        there = open(router.endpoints().getFirst(), failures::add);
        opened.push(there);
    }

    @AfterEach
    void disconnect() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void shouldDeliverWhatIsPut() throws Exception {
        BlockingQueue<Sample> received = subscribed("contract/put");
        Content content = new Content(Bytes.of("{\"b\":2}"), Encoding.of("text/json;charset=utf-8"), Bytes.of("more"));

        here.put(KeyExpression.of("contract/put"), content);

        assertThat(next(received)).isEqualTo(new Sample(KeyExpression.of("contract/put"), false, content));
    }

    @Test
    void shouldTellThatThereIsNoValueAnyMore() throws Exception {
        BlockingQueue<Sample> received = subscribed("contract/delete");

        here.delete(KeyExpression.of("contract/delete"));

        Sample sample = next(received);
        assertThat(sample.isDeleted()).isTrue();
        assertThat(sample.key()).isEqualTo(KeyExpression.of("contract/delete"));
    }

    @Test
    void shouldDeliverWhatMatches() throws Exception {
        BlockingQueue<Sample> received = subscribed("contract/*/wanted");

        here.put(KeyExpression.of("contract/one/unwanted"), Content.text("1"));
        here.put(KeyExpression.of("contract/two/wanted"), Content.text("2"));

        assertThat(next(received).key()).isEqualTo(KeyExpression.of("contract/two/wanted"));
    }

    @Test
    void shouldKeepTheOrder() throws Exception {
        BlockingQueue<Sample> received = subscribed("contract/order");

        for (int i = 0; i < 100; i++) {
            here.put(KeyExpression.of("contract/order"), Content.text("" + i));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(next(received).content().payload().toText()).isEqualTo("" + i);
        }
    }

    @Test
    void shouldDeliverNothingAfterTheEndOfASubscription() throws Exception {
        BlockingQueue<Sample> received = new LinkedBlockingQueue<>();
        BlockingQueue<Sample> control = subscribed("contract/end");
        Declaration subscription = there.subscribe(KeyExpression.of("contract/end"), received::add);

        subscription.close();
        subscription.close();
        here.put(KeyExpression.of("contract/end"), Content.text("late"));

        assertThat(next(control).content()).isEqualTo(Content.text("late"));
        assertThat(received).isEmpty();
    }

    @Test
    void shouldCarryQuestionAndAnswer() throws Exception {
        BlockingQueue<Query> asked = new LinkedBlockingQueue<>();
        answered("contract/echo", query -> {
            asked.add(query);
            return new Answer.Value(query.selector().key(), query.content());
        });
        asked.clear();

        List<Answer> answers = here.get(Selector.parse("contract/echo?limit=3"), QUESTION, TIMEOUT);

        assertThat(answers).containsExactly(new Answer.Value(KeyExpression.of("contract/echo"), QUESTION));
        assertThat(asked).containsExactly(new Query(Selector.parse("contract/echo?limit=3"), QUESTION));
    }

    @Test
    void shouldCarryARefusal() throws Exception {
        answered("contract/refusing", _ -> new Answer.Refusal(Content.text("not now")));

        List<Answer> answers = here.get(Selector.parse("contract/refusing"), null, TIMEOUT);

        assertThat(answers).containsExactly(new Answer.Refusal(Content.text("not now")));
    }

    @Test
    void shouldGatherTheAnswersOfAll() throws Exception {
        Answer one = new Answer.Value(KeyExpression.of("contract/all/1"), Content.text("one"));
        Answer two = new Answer.Value(KeyExpression.of("contract/all/2"), Content.text("two"));
        answered("contract/all/1", _ -> one);
        answered("contract/all/2", _ -> two);

        List<Answer> answers = here.get(Selector.parse("contract/all/*"), null, TIMEOUT);

        assertThat(answers).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void shouldGiveNoAnswerWhenTheCallbackFails() throws Exception {
        Declaration failing = there.answer(KeyExpression.of("contract/failing"), _ -> {
            throw new IllegalStateException("broken");
        });

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(here.get(Selector.parse("contract/failing"), null, TIMEOUT))
                    .isEmpty();
            assertThat(failures).isNotEmpty().allSatisfy(it -> assertThat(it).hasMessage("broken"));
        });
        failing.close();
    }

    @Test
    void shouldLeaveOutWhoDoesNotAnswerInTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        answered("contract/late/1", _ -> new Answer.Value(KeyExpression.of("contract/late/1"), Content.NONE));
        there.answer(KeyExpression.of("contract/late/2"), _ -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer.Refusal(Content.text("too late"));
        });
        await().atMost(PATIENCE).until(() -> {
            here.get(Selector.parse("contract/late/2"), null, Duration.ofMillis(100));
            return asked.getCount() == 0;
        });

        List<Answer> answers = here.get(Selector.parse("contract/late/*"), null, Duration.ofSeconds(3));

        over.countDown();
        assertThat(answers).containsExactly(new Answer.Value(KeyExpression.of("contract/late/1"), Content.NONE));
    }

    @Test
    void shouldComeBackWithoutAnswersWhenNobodyHasAny() throws Exception {
        assertThat(here.get(Selector.parse("contract/nobody"), null, TIMEOUT)).isEmpty();
    }

    @Test
    void shouldLetATokenStandUntilItIsClosed() throws Exception {
        KeyExpression key = KeyExpression.of("contract/token/closed");
        Declaration token = there.declareToken(key);
        await().atMost(PATIENCE)
                .until(() -> here.tokens(KeyExpression.of("contract/token/*"), TIMEOUT)
                        .contains(key));

        token.close();

        await().atMost(PATIENCE)
                .until(() -> here.tokens(KeyExpression.of("contract/token/*"), TIMEOUT)
                        .isEmpty());
    }

    @Test
    void shouldTakeItsTokensAlong() throws Exception {
        KeyExpression key = KeyExpression.of("contract/token/left");
        there.declareToken(key);
        await().atMost(PATIENCE).until(() -> here.tokens(key, TIMEOUT).contains(key));

        there.close();

        await().atMost(PATIENCE).until(() -> here.tokens(key, TIMEOUT).isEmpty());
    }

    @Test
    void shouldRefuseEverythingOnceItIsClosed() {
        KeyExpression key = KeyExpression.of("contract/closed");

        here.close();
        here.close();

        assertThatThrownBy(() -> here.put(key, Content.NONE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.delete(key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.subscribe(key, _ -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.get(Selector.parse("contract/closed"), null, TIMEOUT))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.answer(key, _ -> new Answer.Refusal(Content.NONE)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.declareToken(key)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> here.tokens(key, TIMEOUT)).isInstanceOf(IllegalStateException.class);
    }

    /** Subscribes over there; what is published here from now on arrives. */
    private BlockingQueue<Sample> subscribed(String key) throws Exception {
        int before = subscribers();
        BlockingQueue<Sample> received = new LinkedBlockingQueue<>();
        there.subscribe(KeyExpression.of(key), received::add);
        await().atMost(PATIENCE).until(() -> subscribers() > before);
        return received;
    }

    private int subscribers() {
        return router.faces().stream().mapToInt(face -> face.subscribers()).sum();
    }

    /** Answers over there; what is asked here from now on is answered. */
    private void answered(String key, Function<Query, Answer> answering) throws Exception {
        there.answer(KeyExpression.of(key), answering);
        await().atMost(PATIENCE)
                .until(() -> !here.get(Selector.parse(key), null, TIMEOUT).isEmpty());
    }

    private static Sample next(BlockingQueue<Sample> received) throws InterruptedException {
        Sample sample = received.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(sample).as("a sample within %s", TIMEOUT).isNotNull();
        return sample;
    }
}
