package io.vyra.modulemanager.benchmark.service;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Rest;
import io.vyra.modulemanager.benchmark.Scale;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.core.ProcessStatus;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the SLIM distribution takes while its modules have nothing to do. */
public final class SlimIdleBenchmark implements Benchmark {
    private static final double KIBIBYTES = 1024;

    @Override
    public String name() {
        return "slim";
    }

    @Override
    public String title() {
        return "SLIM at rest with 0, 10 and 50 modules on its bus: memory, processor time and traffic";
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        Scale scale = scene.scale();
        for (int count : scale.idleModules()) {
            measure(count, scene, findings);
        }
        findings.note(
                "Each module is a sleeping process under the manager, with its keeper, and a session on the bus in the benchmark's own"
                        + " process that says what a module of the Java library says at rest: heartbeats every 5 s, and answers when the manager"
                        + " asks for its state. The manager's heap is sized as under a limit of 256 MB.");
        findings.note(
                "Measured over " + scale.idleWindow().toSeconds() + " s, "
                        + scale.idleSettling().toSeconds()
                        + " s after the last module was connected. **Traffic an hour is that of this window, scaled up**: what happens less often"
                        + " than once in it does not show. It is the payload of the TCP connections between modules and manager, both ways, without"
                        + " the headers of TCP and IP; all of it stays on the machine, and the manager itself talks to nobody else.");
    }

    private static void measure(int count, Scene scene, Findings findings) throws Exception {
        Duration window = scene.scale().idleWindow();
        Path folder = scene.emptyFolder("i" + count);
        InstalledModules installed = InstalledModules.make(scene, folder, count);
        int busPort = FirstAnswer.freePort();
        List<String> flags = List.of("-Dvyra.zenoh.listen=tcp/127.0.0.1:" + busPort);
        try (Service service = Service.startSlim(scene, installed.data(), flags);
                ApiClient api = ApiClient.logIn(service);
                CountingRelay relay = new CountingRelay(busPort);
                IdleFleet fleet = IdleFleet.start(installed, api, relay.port(), folder.resolve("s"))) {
            Rest.of(scene.scale().idleSettling());
            double cpuBefore = service.cpuSeconds();
            long towardsBefore = relay.towards();
            long backBefore = relay.back();
            long begin = System.nanoTime();
            Rest.of(window);
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = service.cpuSeconds() - cpuBefore;
            long towards = relay.towards() - towardsBefore;
            long back = relay.back() - backBefore;

            String what = count + " modules: ";
            findings.fact(what + "RSS of the manager", mebibytes(service.rssMebibytes()));
            findings.fact(what + "PSS of the manager", mebibytes(service.pssMebibytes()));
            findings.fact(what + "PSS of the keepers together", mebibytes(keepersMebibytes(installed.data())));
            findings.fact(what + "threads of the manager", String.valueOf(service.threads()));
            findings.fact(
                    what + "processor time of the manager",
                    String.format(
                            Locale.ROOT, "%.2f s in %.0f s, %.2f %% of a core", cpu, seconds, 100 * cpu / seconds));
            findings.fact(
                    what + "traffic on the bus, an hour",
                    String.format(
                            Locale.ROOT,
                            "%.2f MB from modules, %.2f MB to modules",
                            towards / seconds * 3600 / 1e6,
                            back / seconds * 3600 / 1e6));
        }
    }

    private static String mebibytes(double size) {
        return String.format(Locale.ROOT, "%.1f MiB", size);
    }

    /** They are told their module's folders on their command line; so is the manager, which is none of them. */
    private static double keepersMebibytes(Path data) throws IOException {
        List<String> keepers = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("module-shim")
                        && process.info().commandLine().orElse("").contains(data.toString()))
                .map(process -> String.valueOf(process.pid()))
                .toList();
        double sum = 0;
        for (String keeper : keepers) {
            sum += ProcessStatus.rollup(keeper, "Pss") / KIBIBYTES;
        }
        return sum;
    }
}
