package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.message.Declaration;
import io.vyra.zenoh.message.Declaration.AllDeclared;
import io.vyra.zenoh.message.Declaration.QueryableDeclared;
import io.vyra.zenoh.message.Declaration.QueryableUndeclared;
import io.vyra.zenoh.message.Declaration.SubscriberDeclared;
import io.vyra.zenoh.message.Declaration.SubscriberUndeclared;
import io.vyra.zenoh.message.Declaration.TokenDeclared;
import io.vyra.zenoh.message.Declaration.TokenUndeclared;
import io.vyra.zenoh.message.InterestMode;
import io.vyra.zenoh.message.InterestSubject;
import io.vyra.zenoh.message.NetworkMessage;
import io.vyra.zenoh.message.WireExpression;
import io.vyra.zenoh.peer.RecordingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told of each other's declarations, message by message. */
class PropagationTest {
    private static final InterestSubject SUBSCRIBERS = new InterestSubject(true, true, false, false, false);
    private static final InterestSubject AGGREGATED = new InterestSubject(true, true, true, false, true);

    private ZenohRouter router;
    private RecordingClient watching;
    private RecordingClient declaring;

    @BeforeEach
    void start() throws Exception {
        router = TestRouters.open();
        watching = new RecordingClient(TestRouters.endpoint(router));
        declaring = new RecordingClient(TestRouters.endpoint(router));
    }

    @AfterEach
    void stop() {
        watching.close();
        declaring.close();
        router.close();
    }

    @Test
    void shouldTellNothingToWhoAsksForNothing() {
        declaring.declare(new SubscriberDeclared(1, WireExpression.of("a/b")));
        declaring.ask(7, InterestMode.CURRENT, InterestSubject.TOKENS, "none");

        declaring.awaitDeclarations(new AllDeclared());
        assertThat(watching.messages()).isEmpty();
    }

    @Test
    void shouldTellWhatIsThereAndThenWhatComesAndGoes() {
        declaring.declare(new SubscriberDeclared(1, WireExpression.of("a/*")));
        declaring.declare(new SubscriberDeclared(2, WireExpression.of("b/1")));
        awaitDeclared(2);

        watching.ask(5, InterestMode.CURRENT_FUTURE, SUBSCRIBERS, "a/1");
        watching.awaitDeclarations(new SubscriberDeclared(1, WireExpression.of("a/*")), new AllDeclared());
        declaring.declare(new SubscriberDeclared(3, WireExpression.of("**")));
        declaring.declare(new SubscriberUndeclared(1, WireExpression.NONE));

        watching.awaitDeclarations(
                new SubscriberDeclared(1, WireExpression.of("a/*")),
                new AllDeclared(),
                new SubscriberDeclared(2, WireExpression.of("**")),
                new SubscriberUndeclared(1, WireExpression.NONE));
        assertThat(watching.messages().subList(0, 2))
                .extracting(message -> ((NetworkMessage.Declare) message).interest())
                .containsExactly(5, 5);
    }

    @Test
    void shouldTellOfAKeyOnceHoweverManyDeclareIt() throws Exception {
        watching.ask(5, InterestMode.CURRENT_FUTURE, SUBSCRIBERS, null);
        watching.awaitDeclarations(new AllDeclared());
        try (RecordingClient third = new RecordingClient(TestRouters.endpoint(router))) {
            declaring.declare(new SubscriberDeclared(1, WireExpression.of("a")));
            declaring.declare(new SubscriberDeclared(2, WireExpression.of("a")));
            third.declare(new SubscriberDeclared(1, WireExpression.of("a")));
            awaitDeclared(3);

            declaring.declare(new SubscriberUndeclared(1, WireExpression.NONE));
            declaring.declare(new SubscriberUndeclared(2, WireExpression.NONE));
            awaitDeclared(1);
        }

        watching.awaitDeclarations(
                new AllDeclared(),
                new SubscriberDeclared(1, WireExpression.of("a")),
                new SubscriberUndeclared(1, WireExpression.NONE));
    }

    @Test
    void shouldLetOneDeclarationStandForAllWhereThatIsAskedFor() {
        declaring.declare(new SubscriberDeclared(1, WireExpression.of("a/1")));
        awaitDeclared(1);
        watching.ask(5, InterestMode.CURRENT_FUTURE, AGGREGATED, "a/*");
        watching.awaitDeclarations(new SubscriberDeclared(1, WireExpression.of("a/*")), new AllDeclared());

        declaring.declare(new SubscriberDeclared(2, WireExpression.of("a/2")));
        declaring.declare(new SubscriberUndeclared(1, WireExpression.NONE));
        declaring.declare(new QueryableDeclared(3, WireExpression.of("a/1"), true, 0));
        declaring.declare(new QueryableDeclared(4, WireExpression.of("**"), true, 0));
        declaring.declare(new SubscriberUndeclared(2, WireExpression.NONE));

        watching.awaitDeclarations(
                new SubscriberDeclared(1, WireExpression.of("a/*")),
                new AllDeclared(),
                new QueryableDeclared(2, WireExpression.of("a/*"), false, 1),
                new QueryableDeclared(2, WireExpression.of("a/*"), true, 1),
                new SubscriberUndeclared(1, WireExpression.NONE));
    }

    @Test
    void shouldTellWhetherAQueryableIsComplete() {
        watching.ask(5, InterestMode.FUTURE, new InterestSubject(true, false, true, false, false), null);
        watching.ask(6, InterestMode.CURRENT, InterestSubject.TOKENS, null);
        watching.awaitDeclarations(new AllDeclared());

        declaring.declare(new QueryableDeclared(1, WireExpression.of("q"), false, 3));
        declaring.declare(new QueryableDeclared(2, WireExpression.of("q"), true, 0));
        declaring.declare(new QueryableUndeclared(2, WireExpression.NONE));
        declaring.declare(new QueryableUndeclared(1, WireExpression.NONE));

        watching.awaitDeclarations(
                new AllDeclared(),
                new QueryableDeclared(1, WireExpression.of("q"), false, 4),
                new QueryableDeclared(1, WireExpression.of("q"), true, 1),
                new QueryableDeclared(1, WireExpression.of("q"), false, 4),
                new QueryableUndeclared(1, WireExpression.NONE));
    }

    @Test
    void shouldTellTheEndOfATokenThatWasNeverTold() {
        declaring.declare(new TokenDeclared(1, WireExpression.of("t")));
        awaitDeclared(1);
        watching.ask(5, InterestMode.FUTURE, InterestSubject.TOKENS, "*");
        watching.ask(6, InterestMode.CURRENT, InterestSubject.TOKENS, "none");
        watching.awaitDeclarations(new AllDeclared());

        declaring.close();

        watching.awaitDeclarations(new AllDeclared(), new TokenUndeclared(0, WireExpression.of("t")));
    }

    @Test
    void shouldTellNothingMoreAfterTheInterestEnds() {
        watching.ask(5, InterestMode.CURRENT_FUTURE, SUBSCRIBERS, "a");
        watching.awaitDeclarations(new AllDeclared());
        declaring.declare(new SubscriberDeclared(1, WireExpression.of("a")));
        watching.awaitDeclarations(new AllDeclared(), new SubscriberDeclared(1, WireExpression.of("a")));

        watching.ask(5, InterestMode.FINAL, InterestSubject.NONE, null);
        watching.ask(6, InterestMode.CURRENT, InterestSubject.TOKENS, null);
        await().until(() -> watching.declarations().size() == 3);
        declaring.declare(new SubscriberUndeclared(1, WireExpression.NONE));
        awaitDeclared(0);
        watching.ask(7, InterestMode.CURRENT, InterestSubject.TOKENS, null);

        watching.awaitDeclarations(
                new AllDeclared(),
                new SubscriberDeclared(1, WireExpression.of("a")),
                new AllDeclared(),
                new AllDeclared());
    }

    @Test
    void shouldUnderstandNumberedKeyExpressions() {
        watching.ask(5, InterestMode.CURRENT_FUTURE, SUBSCRIBERS, "robot/**");
        watching.awaitDeclarations(new AllDeclared());

        declaring.declare(new Declaration.KeyExpressionDeclared(9, WireExpression.of("robot")));
        declaring.declare(new Declaration.KeyExpressionDeclared(10, new WireExpression(9, "/arm", true)));
        declaring.declare(new SubscriberDeclared(1, new WireExpression(10, "/state", true)));
        declaring.declare(new Declaration.KeyExpressionUndeclared(9));
        declaring.declare(new SubscriberDeclared(2, new WireExpression(9, "/lost", true)));
        declaring.declare(new SubscriberDeclared(3, new WireExpression(10, "/late", true)));

        watching.awaitDeclarations(
                new AllDeclared(),
                new SubscriberDeclared(1, WireExpression.of("robot/arm/state")),
                new SubscriberDeclared(2, WireExpression.of("robot/arm/late")));
    }

    private void awaitDeclared(int count) {
        await().until(() -> router.faces().stream()
                        .mapToInt(face -> face.subscribers() + face.queryables() + face.tokens())
                        .sum()
                == count);
    }
}
