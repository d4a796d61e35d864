package io.vyra.zenoh.router;

import static io.vyra.zenoh.peer.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vyra.zenoh.keyexpr.KeyExpression;
import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.link.PemFiles;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.message.Consolidation;
import io.vyra.zenoh.message.QueryTarget;
import io.vyra.zenoh.peer.PythonPeer;
import io.vyra.zenoh.peer.Recorder;
import io.vyra.zenoh.peer.TestCertificates;
import io.vyra.zenoh.session.PublishOptions;
import io.vyra.zenoh.session.QueryOptions;
import io.vyra.zenoh.session.Reply;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.Credentials;
import io.vyra.zenoh.transport.UserDirectory;
import io.vyra.zenoh.wire.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, and how a router knows who it is. */
class AccessTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String MANAGER = "v2_modulemanager_" + "0".repeat(32);
    private static final String MODULE = "v2_camera_" + "1".repeat(32);
    private static final String OTHER = "v2_arm_" + "2".repeat(32);
    private static final UserDirectory USERS = user ->
            Optional.ofNullable(Map.of(MODULE, "secret", OTHER, "hidden").get(user));

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final RouterListener listener = new RouterListener() {
        @Override
        public void refused(FaceStatus face, Action action, KeyExpression key) {
            refused.add(action + " " + key);
        }
    };

    @Test
    void shouldRefuseWhatBelongsToAnotherAndNothingElse() throws Exception {
        try (ZenohRouter router =
                        ZenohRouter.open(TestRouters.settings().withRules(new PrefixOwnership(MANAGER)), listener);
                ZenohSession manager = TestRouters.attach(router);
                ZenohSession module = TestRouters.connect(router);
                PythonPeer intruder = PythonPeer.client(TestRouters.endpoint(router))) {
            Recorder feed = new Recorder();
            manager.declareSubscriber("*/feeder/StateFeed", feed);
            manager.declareQueryable(MANAGER + "/get_state", query -> query.reply(Bytes.of("real")));
            module.declareQueryable(MODULE + "/get_state", query -> query.reply(Bytes.of("real")));
            intruder.awaitQueryables(MODULE + "/get_state");

            intruder.tell("queryable", "q", MODULE + "/get_state", "echo", "yes");
            intruder.tell("queryable", "m", MANAGER + "/get_state", "echo", "yes");
            intruder.tell("token", "t", MODULE + "/alive");
            intruder.tell("put", MODULE + "/feeder/StateFeed", "text:forged", "-", "-", "block", "3");
            intruder.tell("put", OTHER + "/feeder/StateFeed", "text:own");
            module.put(
                    KeyExpression.of(MODULE + "/feeder/StateFeed"),
                    Bytes.of("true"),
                    PublishOptions.DEFAULT.blocking());

            feed.await(2);
            assertThat(feed.samples())
                    .extracting(sample -> sample.payload().toText())
                    .containsExactlyInAnyOrder("own", "true");
            // Everybody is asked: whoever the intruder reached would answer with what is asked, which is nothing.
            assertThat(answers(manager, MODULE + "/get_state")).containsExactly("real");
            assertThat(answers(module, MANAGER + "/get_state")).containsExactly("real");
            assertThat(manager.livelinessGet(KeyExpression.of("**"), TestRouters.PATIENCE))
                    .isEmpty();
            assertThat(refused)
                    .containsExactlyInAnyOrder(
                            "DECLARE_QUERYABLE " + MODULE + "/get_state",
                            "DECLARE_QUERYABLE " + MANAGER + "/get_state",
                            "DECLARE_TOKEN " + MODULE + "/alive",
                            "PUBLISH " + MODULE + "/feeder/StateFeed");
            assertThat(router.counters().refusedDeclarations()).isEqualTo(3);
            assertThat(router.counters().refusedPublications()).isEqualTo(3);
        }
    }

    @Test
    void shouldFreeAModulesPrefixWhenItIsKilled() throws Exception {
        try (ZenohRouter router =
                        ZenohRouter.open(TestRouters.settings().withRules(new PrefixOwnership(MANAGER)), listener);
                ZenohSession successor = TestRouters.connect(router)) {
            try (PythonPeer module = PythonPeer.client(TestRouters.endpoint(router))) {
                module.tell("token", "t", MODULE + "/alive");
                await().until(() -> tokens(router) == 1);
                module.kill();
            }
            await().until(() -> tokens(router) == 0);

            successor.declareToken(KeyExpression.of(MODULE + "/alive"));

            await().until(() -> tokens(router) == 1);
            assertThat(refused).isEmpty();
        }
    }

    @Test
    void shouldAnswerARefusedQueryWithAnError() throws Exception {
        AccessRules rules =
                (_, _, action, key) -> action != Action.QUERY || !key.intersects(KeyExpression.of("private/**"));
        try (ZenohRouter router = ZenohRouter.open(TestRouters.settings().withRules(rules), listener);
                ZenohSession session = TestRouters.connect(router)) {

            List<Reply> replies = session.get("private/a", QueryOptions.DEFAULT).all();

            assertThat(replies)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Reply.Failure.class,
                            failure -> assertThat(failure.payload().toText()).contains("not allowed", "private/a"));
            assertThat(router.counters().refusedQueries()).isEqualTo(1);
            assertThat(refused).containsExactly("QUERY private/a");
        }
    }

    @Test
    void shouldKnowUsersByTheirPassword() throws Exception {
        RouterSettings settings = RouterSettings.of(
                        RouterListenerSettings.authenticated(TestRouters.ANY_PORT, null, USERS))
                .withRules(new PrefixOwnership(MANAGER));
        try (ZenohRouter router = ZenohRouter.open(settings, listener);
                ZenohSession manager = TestRouters.attach(router)) {
            List<FaceIdentity> askers = new CopyOnWriteArrayList<>();
            manager.declareQueryable(MANAGER + "/command", query -> {
                router.askerOf(query).ifPresent(askers::add);
                query.reply(Bytes.EMPTY);
            });
            Endpoint endpoint = TestRouters.endpoint(router);
            SessionSettings client = SessionSettings.client(endpoint);
            Map<String, String> python =
                    Map.of("transport/auth/usrpwd", "{user: \"" + OTHER + "\", password: \"hidden\"}");

            try (ZenohSession module = ZenohSession.open(
                            client.withCredentials(new Credentials(MODULE, "secret")), TestRouters.PATIENCE);
                    PythonPeer other = PythonPeer.client(endpoint, python)) {
                other.awaitQueryables(MANAGER + "/command");
                module.get(MANAGER + "/command", QueryOptions.DEFAULT).all();
                other.tell("get", MANAGER + "/command");
                other.tell("token", "own", OTHER + "/alive");
                other.tell("token", "foreign", MODULE + "/alive");

                assertThat(askers).containsExactly(new FaceIdentity.User(MODULE), new FaceIdentity.User(OTHER));
                await().until(() -> !refused.isEmpty());
                assertThat(refused).containsExactly("DECLARE_TOKEN " + MODULE + "/alive");
            }
            awaitRefused(client, "INVALID");
            awaitRefused(client.withCredentials(new Credentials(MODULE, "guessed")), "INVALID");
            assertThat(router.counters().refusedConnections()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldTakeAPrefixFromWhoIsAnonymousWhenItsModuleComes() throws Exception {
        RouterSettings settings = RouterSettings.of(
                        RouterListenerSettings.open(TestRouters.ANY_PORT),
                        RouterListenerSettings.authenticated(TestRouters.ANY_PORT, null, USERS))
                .withRules(new PrefixOwnership(MANAGER));
        try (ZenohRouter router = ZenohRouter.open(settings, listener);
                ZenohSession manager = TestRouters.attach(router);
                ZenohSession squatter = TestRouters.connect(router)) {
            Recorder tokens = new Recorder();
            manager.declareLivelinessSubscriber(KeyExpression.of("*/alive"), true, tokens);
            squatter.declareQueryable(MODULE + "/get_state", query -> query.reply(Bytes.of("forged")));
            squatter.declareToken(KeyExpression.of(MODULE + "/alive"));
            tokens.awaitChanges("PUT " + MODULE + "/alive");
            SessionSettings own = SessionSettings.client(router.endpoints().get(1))
                    .withCredentials(new Credentials(MODULE, "secret"));

            try (ZenohSession module = ZenohSession.open(own, TestRouters.PATIENCE)) {
                tokens.awaitChanges("PUT " + MODULE + "/alive", "DELETE " + MODULE + "/alive");
                module.declareQueryable(MODULE + "/get_state", query -> query.reply(Bytes.of("real")));
                await().until(() ->
                        router.faces().stream().mapToInt(FaceStatus::queryables).sum() == 1);

                assertThat(manager.get(MODULE + "/get_state", QueryOptions.DEFAULT)
                                .all())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Reply.Success.class,
                                reply -> assertThat(reply.sample().payload()).isEqualTo(Bytes.of("real")));
            }
        }
    }

    @Test
    void shouldKnowModulesByTheirCertificate(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        PemFiles routerFiles = certificates.issue("router", TestCertificates.Algorithm.EC);
        PemFiles moduleFiles = certificates.issue(MODULE, TestCertificates.Algorithm.EC);
        TlsContext tls = new TlsContext(routerFiles.context(), false, true);
        RouterSettings settings = RouterSettings.of(RouterListenerSettings.authenticated(
                        new Endpoint(Endpoint.Protocol.TLS, "127.0.0.1", 0), tls, null))
                .withRules(new PrefixOwnership(MANAGER));
        try (ZenohRouter router = ZenohRouter.open(settings, listener)) {
            SessionSettings client = SessionSettings.client(TestRouters.endpoint(router));
            TlsContext own = new TlsContext(moduleFiles.context(), true, false);
            TlsContext none = new TlsContext(new PemFiles(certificates.authority(), null, null).context(), true, false);

            try (ZenohSession module = ZenohSession.open(client.withTls(own), TestRouters.PATIENCE)) {
                module.declareToken(KeyExpression.of(MODULE + "/alive"));
                module.declareToken(KeyExpression.of(OTHER + "/alive"));

                await().until(() -> !refused.isEmpty());
                assertThat(refused).containsExactly("DECLARE_TOKEN " + OTHER + "/alive");
                assertThat(router.faces())
                        .singleElement()
                        .satisfies(face -> assertThat(face.identity()).isEqualTo(new FaceIdentity.Certificate(MODULE)));
                assertThat(tokens(router)).isEqualTo(1);
            }
            awaitRefused(client.withTls(none), "No Zenoh router");
        }
    }

    @Test
    void shouldTakeACertificateInPlaceOfAPassword(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        PemFiles routerFiles = certificates.issue("router", TestCertificates.Algorithm.EC);
        PemFiles moduleFiles = certificates.issue(MODULE, TestCertificates.Algorithm.EC);
        RouterSettings settings = RouterSettings.of(RouterListenerSettings.authenticated(
                new Endpoint(Endpoint.Protocol.TLS, "127.0.0.1", 0),
                new TlsContext(routerFiles.context(), false, true),
                USERS));
        try (ZenohRouter router = ZenohRouter.open(settings, listener)) {
            SessionSettings client = SessionSettings.client(TestRouters.endpoint(router))
                    .withTls(new TlsContext(moduleFiles.context(), true, false));

            try (ZenohSession certified = ZenohSession.open(client, TestRouters.PATIENCE)) {
                assertThat(certified.counters().isConnected()).isTrue();
                await().untilAsserted(() -> assertThat(router.faces())
                        .extracting(FaceStatus::identity)
                        .containsExactly(new FaceIdentity.Certificate(MODULE)));
            }
            await().until(() -> router.faces().isEmpty());
            try (ZenohSession user =
                    ZenohSession.open(client.withCredentials(new Credentials(OTHER, "hidden")), TestRouters.PATIENCE)) {
                assertThat(user.counters().isConnected()).isTrue();
                await().untilAsserted(() -> assertThat(router.faces())
                        .extracting(FaceStatus::identity)
                        .containsExactly(new FaceIdentity.User(OTHER)));
            }
            awaitRefused(client.withCredentials(new Credentials(OTHER, "guessed")), "INVALID");
        }
    }

    @Test
    void shouldLetAProvenUserReplaceItsOlderConnectionAndNobodyElseDoSo() throws Exception {
        RouterSettings settings =
                RouterSettings.of(RouterListenerSettings.authenticated(TestRouters.ANY_PORT, null, USERS));
        try (ZenohRouter router = ZenohRouter.open(settings, listener)) {
            SessionSettings client = SessionSettings.client(TestRouters.endpoint(router))
                    .withRetries(Duration.ofSeconds(30), Duration.ofSeconds(30));
            SessionSettings own = client.withCredentials(new Credentials(MODULE, "secret"));
            try (ZenohSession older = ZenohSession.open(own, TestRouters.PATIENCE)) {

                // The same node, because the settings are the same.
                try (ZenohSession thief = ZenohSession.open(
                        client.withCredentials(new Credentials(OTHER, "hidden")), TestRouters.PATIENCE)) {
                    await().until(() -> !thief.counters().isConnected());
                }
                assertThat(older.counters().isConnected()).isTrue();
                try (ZenohSession newer = ZenohSession.open(own, TestRouters.PATIENCE)) {
                    await().until(() -> !older.counters().isConnected());

                    assertThat(newer.counters().isConnected()).isTrue();
                    await().untilAsserted(() -> assertThat(router.faces()).hasSize(1));
                }
            }
        }
    }

    @Test
    void shouldRefuseListenersThatWouldAskNobodyAnything() {
        assertThatThrownBy(() -> new RouterListenerSettings(TestRouters.ANY_PORT, null, false, null))
                .hasMessageContaining("needs users");
        assertThatThrownBy(() -> new RouterListenerSettings(TestRouters.ANY_PORT, null, true, USERS))
                .hasMessageContaining("asks nobody");
    }

    /** The first attempt may take longer than the patience of one that is made to fail. */
    private static void awaitRefused(SessionSettings settings, String words) {
        await().untilAsserted(() ->
                assertThatThrownBy(() -> ZenohSession.open(settings, SHORT)).hasMessageContaining(words));
    }

    private static int tokens(ZenohRouter router) {
        return router.faces().stream().mapToInt(FaceStatus::tokens).sum();
    }

    private static List<String> answers(ZenohSession session, String key) throws InterruptedException {
        QueryOptions everyAnswer =
                QueryOptions.DEFAULT.withTarget(QueryTarget.ALL).withConsolidation(Consolidation.NONE);
        return session.get(key, everyAnswer).all().stream()
                .map(reply -> switch (reply) {
                    case Reply.Success success -> success.sample().payload().toText();
                    case Reply.Failure failure -> "error " + failure.payload().toText();
                })
                .toList();
    }
}
