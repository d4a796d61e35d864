package io.vyra.modulemanager.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ros2.connection.InterfacePackage;
import io.vyra.ros2.cdr.MessageTypes;
import io.vyra.ros2.graph.ActionClient;
import io.vyra.ros2.graph.ContextSettings;
import io.vyra.ros2.graph.GoalOutcome;
import io.vyra.ros2.graph.GoalStatus;
import io.vyra.ros2.graph.RosContext;
import io.vyra.ros2.graph.RosNode;
import io.vyra.ros2.idl.TypeName;
import io.vyra.ros2.idl.TypeRegistry;
import io.vyra.ros2.rtps.transport.DiscoverySettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A manager that ends with its modules, as in a container. What it asks of them before their processes end goes through a face, which must
 * still be there. The module's process sleeps; its managed node is in the test.
 */
class TakenAlongIT {
    private static final Path CHECKOUT =
            Path.of(System.getProperty("checkout", "..")).toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Transitions of lifecycle_msgs/msg/Transition, and the states of lifecycle_msgs/msg/State that they lead to. */
    private static final int CONFIGURE = 1;

    private static final int CLEANUP = 2;
    private static final int ACTIVATE = 3;
    private static final int DEACTIVATE = 4;
    private static final Map<Integer, Integer> LEADS_TO = Map.of(CONFIGURE, 2, CLEANUP, 1, ACTIVATE, 3, DEACTIVATE, 2);

    @TempDir
    private Path folder;

    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private volatile int state = 1;
    private int domain;
    private RosContext robot;

    @BeforeEach
    void join() throws IOException {
        domain = freeDomain();
        MessageTypes types = new MessageTypes(TypeRegistry.shipped().with(InterfacePackage.definitions()));
        robot = RosContext.open(
                ContextSettings.of(new DiscoverySettings(domain, DiscoverySettings.Range.LOCALHOST, List.of()), "robot")
                        .withTypes(types));
        RosNode camera = robot.createNode("/eye", "camera");
        camera.createService("~/get_state", lifecycle("GetState"), _ -> Map.of("current_state", Map.of("id", state)));
        camera.createService("~/change_state", lifecycle("ChangeState"), this::change);
    }

    @AfterEach
    void leave() {
        robot.close();
    }

    private static TypeName lifecycle(String name) {
        return new TypeName("lifecycle_msgs", TypeName.Kind.SRV, name);
    }

    private Map<String, Object> change(Map<String, Object> request) {
        int transition = ((Number) ((Map<?, ?>) request.get("transition")).get("id")).intValue();
        asked.add(transition);
        state = LEADS_TO.get(transition);
        return Map.of("success", true);
    }

    /** Where the first participant of a domain listens (DDSI-RTPS 2.5 §9.6.2.3) tells whether there is one. */
    private static int freeDomain() {
        while (true) {
            int drawn = ThreadLocalRandom.current().nextInt(20, 200);
            try (DatagramSocket socket = new DatagramSocket(7_410 + 250 * drawn)) {
                if (socket.isBound()) {
                    return drawn;
                }
            } catch (IOException e) {
                // Somebody is there.
                continue;
            }
        }
    }

    @Test
    void shouldTakeManagedNodesDownBeforeTheirProcessEnds() throws Exception {
        Map<String, String> environment = Map.of(
                "ROS_DOMAIN_ID",
                String.valueOf(domain),
                "MM_ROS2_ROLE",
                "developer",
                "VYRA_REPOSITORIES",
                offer().toUri().toString(),
                "VYRA_STOP_MODULES_ON_EXIT",
                "true");

        try (PackagedService service =
                PackagedService.start(CHECKOUT, folder.resolve("data"), folder.resolve("service.log"), environment)) {
            install();
            assertThat(asked).as(service.output()).containsExactly(CONFIGURE, ACTIVATE);
        }

        assertThat(asked)
                .as(Files.readString(folder.resolve("service.log")))
                .containsExactly(CONFIGURE, ACTIVATE, DEACTIVATE, CLEANUP);
    }

    private void install() {
        RosNode user = robot.createNode("/", "user");
        TypeName type = InterfacePackage.type(TypeName.Kind.ACTION, "InstallModule");
        try (ActionClient client = new ActionClient(user, managerNamespace() + "/install_module", type)) {
            // The repository is read some time after the start.
            await().atMost(PATIENCE).until(() -> {
                GoalOutcome outcome = client.send(Map.of("name", "eye"), _ -> {}, PATIENCE)
                        .orElseThrow()
                        .await(PATIENCE);
                return outcome.status() == GoalStatus.SUCCEEDED;
            });
        }
    }

    private String managerNamespace() {
        return await().atMost(PATIENCE)
                .until(
                        () -> robot.graph().nodes().stream()
                                .filter(node -> node.name().equals("modulemanager"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow()
                .namespace();
    }

    /** A repository that has the module. */
    private Path offer() throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("eye"));
        Path manifest = Files.createDirectories(tree.resolve(".module"));
        Files.writeString(manifest.resolve("module_data.yaml"), "name: eye\nversion: 1.0.0\n");
        Files.writeString(manifest.resolve("module_runtime.yaml"), """
                kind: process
                command: [./run.sh]
                probe: {kind: ros2, lifecycle_nodes: [/eye/camera]}
                """);
        Path script = Files.writeString(tree.resolve("run.sh"), "#!/bin/sh\nexec sleep 1000\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path file = repository.resolve("eye.tar.gz");
        int code = new ProcessBuilder("tar", "czf", file.toString(), "-C", tree.toString(), ".module", "run.sh")
                .start()
                .waitFor();
        assertThat(code).isZero();
        Files.writeString(
                repository.resolve("index.json"),
                "{\"modules\":[{\"name\":\"eye\",\"version\":\"1.0.0\",\"filename\":\"eye.tar.gz\",\"size\":%d}]}"
                        .formatted(Files.size(file)));
        return repository;
    }
}
