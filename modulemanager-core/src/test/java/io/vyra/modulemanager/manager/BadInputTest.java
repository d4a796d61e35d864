package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.vyra.modulemanager.ModuleManager.Command;
import io.vyra.modulemanager.ModuleManager.CommandContext;
import io.vyra.modulemanager.ModuleManager.InstallRequest;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.authoring.PackageBuilder;
import io.vyra.modulemanager.authoring.RepositoryIndexer;
import io.vyra.modulemanager.catalog.PlanLimits;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.state.SmallDisk;
import io.vyra.modulemanager.store.TestPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside the manager changes nothing inside it; real processes, sockets, files and disks. */
class BadInputTest {
    @TempDir
    Path folder;

    private TestManager manager;
    private ModuleView bystander;

    @BeforeEach
    void begin() throws IOException {
        manager = new TestManager(folder);
        manager.offer(SampleModule.wellBehaved("bystander", "1.0.0"));
        bystander = manager.install("bystander", "1.0.0");
    }

    @AfterEach
    void end() {
        manager.close();
    }

    private interface TreeChange {
        void apply(Path tree) throws IOException;
    }

    private void offer(SampleModule module, TreeChange change) throws IOException {
        Path tree = module.writeTo(folder.resolve("sources"));
        change.apply(tree);
        RepositoryIndexer indexer = new RepositoryIndexer(Clock.systemUTC());
        indexer.add(
                folder.resolve("repository"),
                new PackageBuilder().build(tree, folder.resolve("packages")).file());
        indexer.index(folder.resolve("repository"));
        manager.assembly().refresher().refreshAll();
    }

    /** As a package that was not made with our own tools, which refuse what cannot start. */
    private void offerAsItIs(SampleModule module, TreeChange change) throws IOException {
        offer(module, tree -> {});
        Path tree = folder.resolve("sources").resolve(module.name() + "-" + module.version());
        change.apply(tree);
        TestPackage made = TestPackage.empty();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                int mode = Files.isExecutable(file) ? 0755 : 0644;
                made.file(tree.relativize(file).toString(), mode, Files.readAllBytes(file));
            }
        }
        Path index = folder.resolve("repository/index.json");
        ObjectMapper json = new ObjectMapper();
        JsonNode offered = json.readTree(index.toFile());
        for (JsonNode entry : offered.path("modules")) {
            if (entry.path("name").asText().equals(module.name())) {
                Path file = made.writeTo(folder.resolve("repository")
                        .resolve(entry.path("filename").asText()));
                ((ObjectNode) entry).put("size", Files.size(file)).put("checksum", "");
            }
        }
        json.writeValue(index.toFile(), offered);
        manager.assembly().refresher().refreshAll();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
    }

    private Operation begin(String name, String version) {
        return manager.modules()
                .install(
                        new InstallRequest(
                                name, Optional.of(version), Optional.empty(), Optional.empty(), Optional.empty()),
                        CommandContext.of(TestManager.CALLER));
    }

    private void assertRefused(Operation operation, ProblemType type, String... words) throws IOException {
        Operation ended = manager.await(operation);
        assertThat(ended.status()).as("%s", ended).isIn(Status.FAILED, Status.ROLLED_BACK);
        assertThat(ended.problem().orElseThrow().type()).as("%s", ended).isEqualTo(type);
        assertThat(List.of(words))
                .allSatisfy(word ->
                        assertThat(ended.problem().orElseThrow().detail()).contains(word));
        assertNothingChanged();
    }

    private void assertNothingChanged() throws IOException {
        assertThat(manager.modules().modules(TestManager.CALLER))
                .extracting(ModuleView::id)
                .containsExactly(bystander.id());
        assertThat(names(manager.data().resolve("modules"))).containsExactly(bystander.id());
        assertThat(names(manager.data().resolve("staging"))).isEmpty();
        assertThat(manager.view(bystander).runtime().pid())
                .isEqualTo(bystander.runtime().pid());
        assertThat(manager.view(bystander).state().phase()).isEqualTo(Phase.RUNNING);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            offer(
                    SampleModule.wellBehaved("server", "1.0.0"),
                    tree -> append(
                            tree.resolve(".module/module_runtime.yaml"), "ports: [" + taken.getLocalPort() + "]\n"));

            assertRefused(begin("server", "1.0.0"), ProblemType.PORT_TAKEN, Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void shouldRefuseAPackageThatIsNotWhatItsIndexSays() throws IOException {
        offer(SampleModule.wellBehaved("liar", "1.0.0"), tree -> {});
        Path index = folder.resolve("repository/index.json");
        String text = Files.readString(index);
        int at = text.indexOf("\"liar\"");
        Files.writeString(index, text.substring(0, at) + text.substring(at).replace("\"1.0.0\"", "\"9.9.9\""));
        manager.assembly().refresher().refreshAll();

        assertRefused(begin("liar", "9.9.9"), ProblemType.CHECKSUM_MISMATCH, "liar 1.0.0", "liar 9.9.9");
    }

    @Test
    void shouldRefuseACommandThatIsNotThere() throws IOException {
        offerAsItIs(
                SampleModule.wellBehaved("nothing", "1.0.0"),
                tree -> Files.move(tree.resolve("run.sh"), tree.resolve("elsewhere.sh")));

        assertRefused(begin("nothing", "1.0.0"), ProblemType.INVALID_MANIFEST, "./run.sh", "does not exist");
    }

    @Test
    void shouldRefuseACommandThatIsNotExecutable() throws IOException {
        offerAsItIs(
                SampleModule.wellBehaved("limp", "1.0.0"),
                tree -> Files.setPosixFilePermissions(
                        tree.resolve("run.sh"), PosixFilePermissions.fromString("rw-r--r--")));

        assertRefused(begin("limp", "1.0.0"), ProblemType.INVALID_MANIFEST, "./run.sh", "not executable");
    }

    @Test
    void shouldRefuseAProbeThatIsNotThere() throws IOException {
        offerAsItIs(
                SampleModule.wellBehaved("unproven", "1.0.0"),
                tree -> SampleModule.wellBehaved("unproven", "1.0.0")
                        .withProbe("{kind: exec, command: [./check.sh]}")
                        .writeTo(folder.resolve("sources")));

        assertRefused(
                begin("unproven", "1.0.0"),
                ProblemType.INVALID_MANIFEST,
                "/probe/command/0",
                "./check.sh",
                "does not exist");
    }

    @Test
    void shouldSayWhyAnEntryOfTheIndexCannotBeInstalled() throws IOException {
        Path index = folder.resolve("repository/index.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replaceFirst(
                                "\"modules\"\\s*:\\s*\\[",
                                "\"modules\":[{\"name\":\"broken\",\"version\":\"one\",\"filename\":\"f\"},"));
        manager.assembly().refresher().refreshAll();

        assertThatThrownBy(() -> begin("broken", "1.0.0"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll("broken", "/modules/0 is skipped", "/modules/0/version", "semantic version");
    }

    @Test
    void shouldInstallOthersWhileARepositoryStalls() throws IOException {
        Path slow = Files.createDirectories(folder.resolve("slow"));
        Path tree = SampleModule.wellBehaved("stalled", "1.0.0").writeTo(folder.resolve("sources"));
        RepositoryIndexer indexer = new RepositoryIndexer(Clock.systemUTC());
        indexer.add(
                slow,
                new PackageBuilder().build(tree, folder.resolve("packages")).file());
        indexer.index(slow);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Path file = slow.resolve(exchange.getRequestURI().getPath().substring(1));
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                if (file.getFileName().toString().endsWith(".json")) {
                    body.write(bytes);
                    return;
                }
                body.write(bytes, 0, bytes.length / 2);
                body.flush();
                stalled.countDown();
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            manager.assembly()
                    .repositories()
                    .add(new Repository(
                            "slow",
                            "Slow",
                            "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                            100,
                            true,
                            "",
                            Optional.empty(),
                            Optional.empty()));
            manager.offer(SampleModule.wellBehaved("other", "1.0.0"));
            Operation stuck = begin("stalled", "1.0.0");
            stalled.await();

            ModuleView other = manager.install("other", "1.0.0");
            assertThat(manager.remove(other).status()).isEqualTo(Status.SUCCEEDED);

            assertThat(manager.modules()
                            .operation(stuck.id(), TestManager.CALLER)
                            .status())
                    .isEqualTo(Status.RUNNING);
            manager.modules().cancel(stuck.id(), TestManager.CALLER);
            assertThat(manager.await(stuck).status()).isEqualTo(Status.CANCELLED);
            assertNothingChanged();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    void shouldUndoAnInstallationThatFillsTheDiskAndStillStopAndRemove() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("tight/data"), 24);
                TestManager tight = new TestManager(
                        folder.resolve("tight"), settings -> with(settings, new PlanLimits(1, 0, Duration.ZERO)))) {
            tight.offer(SampleModule.wellBehaved("small", "1.0.0"));
            ModuleView small = tight.install("small", "1.0.0");
            Path tree = SampleModule.wellBehaved("large", "1.0.0").writeTo(folder.resolve("sources"));
            // Unpacks to ten times its size, more than the plan allows for: so the disk fills up in the middle of the
            // work.
            byte[] noise = new byte[8 << 20];
            byte[] block = new byte[100];
            Random random = new Random(1);
            for (int at = 0; at < noise.length; at += 1 << 10) {
                random.nextBytes(block);
                System.arraycopy(block, 0, noise, at, block.length);
            }
            Files.write(tree.resolve("noise"), noise);
            RepositoryIndexer indexer = new RepositoryIndexer(Clock.systemUTC());
            Path repository = folder.resolve("tight/repository");
            indexer.add(
                    repository,
                    new PackageBuilder().build(tree, folder.resolve("packages")).file());
            indexer.index(repository);
            tight.assembly().refresher().refreshAll();
            Path ballast = disk.fill(5 << 20);
            Operation large = tight.modules()
                    .install(
                            new InstallRequest(
                                    "large", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                            CommandContext.of(TestManager.CALLER));

            Operation ended = tight.await(large);

            assertThat(ended.status()).as("%s", ended).isIn(Status.FAILED, Status.ROLLED_BACK);
            assertThat(ended.problem().orElseThrow().type()).isEqualTo(ProblemType.DISK_FULL);
            assertThat(tight.modules().modules(TestManager.CALLER)).hasSize(1);
            assertThat(names(tight.data().resolve("staging"))).isEmpty();
            assertThat(tight.view(small).runtime().pid())
                    .isEqualTo(small.runtime().pid());
            assertThat(tight.command(small, Command.STOP).status()).isEqualTo(Status.SUCCEEDED);
            assertThat(tight.remove(small).status()).isEqualTo(Status.SUCCEEDED);
            assertThat(names(tight.data().resolve("modules"))).isEmpty();
            Files.delete(ballast);
        }
    }

    private static ManagerSettings with(ManagerSettings it, PlanLimits limits) {
        return new ManagerSettings(
                it.name(),
                it.data(),
                it.shim(),
                it.managerUrl(),
                it.environment(),
                it.slim(),
                it.restoreFrom(),
                it.seeds(),
                it.probation(),
                it.operationTimeout(),
                it.refreshEvery(),
                it.restarts(),
                it.retention(),
                it.logRotation(),
                limits,
                it.transferLimits(),
                it.unpackLimits());
    }

    @Test
    void shouldRefuseWhatDoesNotFitBeforeItBegins() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("tight/data"), 24);
                TestManager tight = new TestManager(folder.resolve("tight"))) {
            assertThat(disk.folder()).isDirectory();
            tight.offer(SampleModule.wellBehaved("small", "1.0.0"));

            org.assertj.core.api.Assertions.assertThatThrownBy(() -> tight.install("small", "1.0.0"))
                    .isInstanceOfSatisfying(
                            ProblemException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.DISK_FULL));
            assertThat(tight.modules().modules(TestManager.CALLER)).isEmpty();
        }
    }
}
