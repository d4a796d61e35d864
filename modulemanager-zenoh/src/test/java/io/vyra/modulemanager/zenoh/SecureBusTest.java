package io.vyra.modulemanager.zenoh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.zenoh.link.PemFiles;
import io.vyra.zenoh.link.TlsContext;
import io.vyra.zenoh.peer.TestCertificates;
import io.vyra.zenoh.session.SessionSettings;
import io.vyra.zenoh.session.ZenohSession;
import io.vyra.zenoh.transport.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, certificates of clients, and a router upstream, as they are configured. */
class SecureBusTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    static Path authority;

    private static TestCertificates certificates;
    private static PemFiles own;
    private static PemFiles fleet;

    @TempDir
    private Path folder;

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(authority);
        own = certificates.issue("robot", TestCertificates.Algorithm.EC);
        fleet = certificates.issue("fleet", TestCertificates.Algorithm.EC);
    }

    private Robot robot(String... settings) throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "olga:operator:o\nfleet:operator:\n");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> all = new HashMap<>(Map.of(
                "vyra.zenoh.listen", "tls/127.0.0.1:0",
                "vyra.zenoh.access", "authenticated",
                "vyra.zenoh.users", users.toString(),
                "vyra.zenoh.tls.certificate", own.certificate().toString(),
                "vyra.zenoh.tls.key", own.key().toString(),
                "vyra.zenoh.tls.trusted", certificates.authority().toString()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new Robot(folder, Settings.of(all));
    }

    private static TlsContext trusting() throws IOException {
        return new TlsContext(new PemFiles(certificates.authority(), null, null).context(), true, false);
    }

    private static void awaitRefused(SessionSettings settings, String words) {
        await().atMost(Robot.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> ZenohSession.open(settings, SHORT))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(words));
    }

    @Test
    void shouldTakeCommandsOfAUserThroughTls() throws Exception {
        try (Robot robot = robot()) {
            ModuleId arm = robot.installSleeper("arm");
            SessionSettings client = SessionSettings.client(robot.endpoint()).withTls(trusting());

            try (BusClient olga = BusClient.connect(client.withCredentials(new Credentials("olga", "o")), robot)) {
                assertThat(olga.ask("modules/" + arm + "/stop", "{}").isProblem())
                        .isFalse();
                await().atMost(Robot.PATIENCE)
                        .until(() -> robot.view(arm).state().phase() == ModuleView.Phase.STOPPED);
            }
            awaitRefused(client.withCredentials(new Credentials("olga", "guessed")), "INVALID");
            awaitRefused(client, "INVALID");
        }
    }

    @Test
    void shouldKnowAUserByHisCertificate() throws Exception {
        try (Robot robot = robot("vyra.zenoh.tls.client-certificates", "true")) {
            ModuleId arm = robot.installSleeper("arm");
            SessionSettings client = SessionSettings.client(robot.endpoint());
            PemFiles stranger = certificates.issue("olga", TestCertificates.Algorithm.EC);

            try (BusClient known =
                            BusClient.connect(client.withTls(new TlsContext(fleet.context(), true, false)), robot);
                    BusClient namedLikeOne = BusClient.connect(
                            SessionSettings.client(robot.endpoint())
                                    .withTls(new TlsContext(stranger.context(), true, false)),
                            robot)) {
                assertThat(namedLikeOne.ask("modules/" + arm + "/stop", "{}").code())
                        .as("her password is what proves who olga is")
                        .isEqualTo("forbidden");
                assertThat(known.ask("modules/" + arm + "/stop", "{}")
                                .body()
                                .path("created_by")
                                .asText())
                        .isEqualTo("fleet");
                assertThat(known.ask("bus", "{}").body().path("faces").valueStream())
                        .anyMatch(face -> face.path("user").asText().equals("fleet"));
            }
            awaitRefused(client.withTls(trusting()).withCredentials(new Credentials("olga", "o")), "No Zenoh router");
        }
    }

    @Test
    void shouldReachTheRestOfTheFleetThroughARouterUpstream() throws Exception {
        try (PythonModule upstream = PythonModule.router();
                Robot robot = robot(
                        "vyra.zenoh.listen", "tcp/127.0.0.1:0",
                        "vyra.zenoh.access", "open",
                        "vyra.zenoh.connect", upstream.endpoint().toString())) {
            ModuleId arm = robot.installSleeper("arm");
            await().atMost(Robot.PATIENCE)
                    .until(() -> robot.face
                            .status()
                            .snapshot()
                            .upstream()
                            .orElseThrow()
                            .connected());
            String self = robot.manager().self().toString();

            try (PythonModule far =
                    PythonModule.connectedTo(upstream.endpoint(), new ModuleId("visitor", "8".repeat(32)))) {
                await().atMost(Robot.PATIENCE)
                        .untilAsserted(
                                () -> assertThat(far.tell("alive", self + "/*")).hasSize(2));
                assertThat(reply(far, self + "/get_state")).contains("Active");
                assertThat(reply(far, self + "/api/modules")).contains(arm.toString());
                assertThat(reply(far, self + "/api/modules/" + arm + "/stop"))
                        .as("who is behind another router is not known here")
                        .contains("forbidden");
                far.tell("subscribe", "manager", self + "/feeder/*");
                await().atMost(Robot.PATIENCE)
                        .until(() -> !far.events("sample", "manager", self + "/feeder/StateFeed")
                                .isEmpty());
            }
        }
    }

    private static String reply(PythonModule asker, String key) {
        return asker.tell("ask", key, "{}").stream()
                .filter(event -> event.getFirst().equals("reply"))
                .map(List::toString)
                .findFirst()
                .orElse("nobody answers " + key);
    }

    @Test
    void shouldTellModulesWhereTheBusIs() throws Exception {
        try (Robot robot = robot("vyra.zenoh.listen", "tls/0.0.0.0:0,tcp/127.0.0.1:0")) {
            List<String> endpoints = robot.face.status().snapshot().endpoints();

            ModuleId arm =
                    robot.install("arm", "echo \"bus: $ZENOH_CONNECT\"\nexec sleep 1000", "{kind: process}", false);

            String wanted =
                    "bus: " + endpoints.getLast() + "," + endpoints.getFirst().replace("0.0.0.0", "127.0.0.1");
            await().atMost(Robot.PATIENCE)
                    .untilAsserted(() -> assertThat(robot.manager().logs(arm.toString(), 10, Caller.MANAGER))
                            .anyMatch(line -> line.text().equals(wanted)));
        }
    }
}
