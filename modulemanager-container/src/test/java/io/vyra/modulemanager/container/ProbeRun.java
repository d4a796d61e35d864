package io.vyra.modulemanager.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.ModuleView.Phase;
import io.vyra.modulemanager.container.engine.EngineAddress;
import io.vyra.modulemanager.manager.SampleModule;
import io.vyra.modulemanager.manager.TestManager;
import io.vyra.modulemanager.operation.Operation;
import io.vyra.modulemanager.operation.Operation.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A whole manager that probes published ports, as a program: it has to be in the engine's network, which a test's own process is not in.
 *
 * <p>Arguments: folder, the engine's address, name of a case. Ends with code 0 when all is as it should be.
 */
final class ProbeRun {
    static final int PORT = 8_081;
    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * Listens unless its storage has a file {@code deaf}, and answers with the status in its file {@code status}, without a word when that is
     * empty. Perl's own functions only: 2 and 1 are AF_INET and SOCK_STREAM.
     */
    private static final String SERVER = """
            $| = 1; my $storage = $ENV{MODULE_STORAGE}; my $listens = 0;
            $SIG{TERM} = sub { exit 0 };
            while (1) {
              if (-e "$storage/deaf") { close(S) if $listens; $listens = 0; select(undef, undef, undef, 0.05); next; }
              if (!$listens) {
                socket(S, 2, 1, 0); setsockopt(S, 1, 2, pack("i", 1)); bind(S, pack("S n x12", 2, %d)) or die "bind: $!"; listen(S, 9);
                $listens = 1;
              }
              my $ready = ""; vec($ready, fileno(S), 1) = 1;
              next unless select($ready, undef, undef, 0.05) > 0;
              accept(C, S) or next;
              my $status = 200; if (open(F, "$storage/status")) { $status = <F>; close(F); }
              my $seen = ""; vec($seen, fileno(C), 1) = 1;
              if (select($seen, undef, undef, 0.3) > 0) {
                my $asked = <C>; syswrite(C, "HTTP/1.1 $status Said\\r\\nConnection: close\\r\\n\\r\\n") if defined $asked && $status ne "";
              }
              close(C);
            }
            """.formatted(PORT);

    /** What is probed, and how it turns out. */
    enum Case {
        HTTP {
            @Override
            void run(ProbeRun run) throws IOException {
                ModuleView module = run.installed("{kind: http, port: 8081, path: /health}");
                run.shouldBeMissedAndFoundAgain(
                        module, "status", "503", "GET http://127.0.0.1:8081/health answered 503");
                run.shouldBeMissedAndFoundAgain(module, "status", "", "port 8081");
                run.shouldBeMissedAndFoundAgain(module, "deaf", "", "port 8081");
            }
        },
        TCP {
            @Override
            void run(ProbeRun run) throws IOException {
                ModuleView module = run.installed("{kind: tcp, port: 8081}");
                run.shouldBeMissedAndFoundAgain(module, "deaf", "", "port 8081");
            }
        },
        /** An engine's proxy listens at the published port all the same. */
        DEAF_FROM_THE_BEGINNING {
            @Override
            void run(ProbeRun run) throws IOException {
                run.offer(SampleModule.of("web", "1.0.0", "exec sleep 1000\n")
                        .withProbe("{kind: tcp, port: 8081}")
                        .startingWithin(3));
                Operation installation = run.manager.await(run.manager.beginInstall("web", "1.0.0"));
                assertThat(installation.status()).as("%s", installation).isEqualTo(Status.FAILED);
                assertThat(installation.problem().orElseThrow().detail())
                        .contains("did not answer its probe: ", "port 8081");
            }
        };

        abstract void run(ProbeRun run) throws IOException;
    }

    private final ContainerSamples samples;
    private final TestManager manager;

    private ProbeRun(ContainerSamples samples, TestManager manager) {
        this.samples = samples;
        this.manager = manager;
    }

    public static void main(String[] arguments) throws IOException {
        ContainerSamples samples = new ContainerSamples(EngineAddress.of(arguments[1]));
        samples.with("web", "1.0.0", "network: bridge\nports: [" + PORT + "]\n");
        TestManager manager = new TestManager(Path.of(arguments[0]), samples);
        try (manager) {
            Case.valueOf(arguments[2]).run(new ProbeRun(samples, manager));
        } finally {
            samples.tidyUp(manager.data());
        }
    }

    /** Makes a module with this script known, in an image that has the server. */
    private void offer(SampleModule module) throws IOException {
        samples.image(
                module.name(),
                module.version(),
                TestImage.gzip(new TestImage()
                        .shell()
                        .programs("perl")
                        .file("run.sh", module.program())
                        .file("serve.pl", SERVER)
                        .full("web:1")));
        manager.offer(module);
    }

    private ModuleView installed(String probe) throws IOException {
        offer(SampleModule.of("web", "1.0.0", "exec /bin/perl /serve.pl\n")
                .withProbe(probe)
                .startingWithin(30));
        ModuleView module = manager.install("web", "1.0.0");
        assertThat(module.state().phase()).isEqualTo(Phase.RUNNING);
        return module;
    }

    /** With this file in its storage the module is ended as one that hangs, for this reason; without it it works again. */
    private void shouldBeMissedAndFoundAgain(ModuleView module, String file, String content, String reason)
            throws IOException {
        Path ailing = manager.data()
                .resolve("modules")
                .resolve(module.id())
                .resolve("storage")
                .resolve(file);
        manager.awaitPhase(module, Phase.RUNNING);
        int known = causes(module).size();
        Files.writeString(ailing, content);
        await(reason)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                causes(module).subList(0, causes(module).size() - known))
                        .as("%s", causes(module))
                        .anySatisfy(cause -> assertThat(cause).contains("did not answer its probe: ", reason)));
        Files.delete(ailing);
        ModuleView again = manager.awaitPhase(module, Phase.RUNNING);
        assertThat(again.runtime().restarts()).isPositive();
    }

    /** Newest first. */
    private List<String> causes(ModuleView module) {
        return manager.modules().history(module.id(), 200, TestManager.CALLER).stream()
                .map(transition -> transition.cause())
                .toList();
    }
}
