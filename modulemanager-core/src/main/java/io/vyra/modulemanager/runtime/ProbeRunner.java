package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.module.Probe;
import io.vyra.modulemanager.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Asks a module whether it works. Thread-safe, blocking, never throws; an interrupt ends the probe with a failure and stays set.
 */
public final class ProbeRunner {
    /** Environment variable with the file that a module with a heartbeat probe touches. */
    public static final String HEARTBEAT_FILE = "MODULE_HEARTBEAT_FILE";

    private static final Logger LOG = Logger.getLogger(ProbeRunner.class);
    private final ExecProbe exec;
    private final BusProbe bus;
    private final InstantSource clock;

    /**
     * @param shim the program {@code module-shim}
     * @param bus asks what is to be asked over the bus
     */
    public ProbeRunner(Path shim, BusProbe bus, InstantSource clock) {
        this.exec = new ExecProbe(shim.toAbsolutePath(), new Users(Path.of("/etc"), new ProcessTable().ownUser()));
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * @param probe   what to ask
     * @param launch  how the module was started; an exec probe runs with its environment, user and working folder
     * @param process the module
     * @param timeout after which the answer is no
     */
    public ProbeResult run(Probe probe, LaunchSpec launch, ModuleProcess process, Duration timeout) {
        if (process.exit().isDone()) {
            return new ProbeResult.Failed("the process has ended");
        }
        if (!(probe instanceof Probe.Bus)) {
            bus.forget(launch.module());
        }
        try {
            return switch (probe) {
                case Probe.Alive alive -> new ProbeResult.Passed();
                case Probe.Exec command ->
                    process.probe(command.command(), timeout)
                            .orElseGet(() -> exec.run(command.command(), launch, timeout));
                case Probe.Http http -> LocalPort.askHttp(http.port(), http.path(), timeout);
                case Probe.Tcp tcp ->
                    launch.container().isPresent()
                            ? LocalPort.connectThrough(tcp.port(), timeout)
                            : LocalPort.connect(tcp.port(), timeout);
                case Probe.Heartbeat heartbeat -> heartbeat(heartbeat.maxAge(), launch, process);
                case Probe.Bus told -> bus.run(launch.module(), told, uptime(process), timeout);
            };
        } catch (ProblemException e) {
            return new ProbeResult.Failed(e.problem().detail());
        } catch (RuntimeException e) {
            LOG.errorf(e, "probe not run module=%s", launch.module());
            return new ProbeResult.Failed("the probe could not be run: " + e);
        }
    }

    /** Where the clock was set back, all that was heard counts. */
    private Duration uptime(ModuleProcess process) {
        Duration uptime = Duration.between(process.identity().startedAt(), clock.instant());
        return uptime.isNegative() ? Duration.ofDays(1) : uptime;
    }

    /** A time in the future passes: the clock was set back, and the module is alive enough to touch its file. */
    private ProbeResult heartbeat(Duration maxAge, LaunchSpec launch, ModuleProcess process) {
        String file = launch.environment().get(HEARTBEAT_FILE);
        if (file == null) {
            return new ProbeResult.Failed("the module's environment has no " + HEARTBEAT_FILE);
        }
        try {
            Instant touched = Files.getLastModifiedTime(Path.of(file)).toInstant();
            if (touched.isBefore(process.identity().startedAt())) {
                return new ProbeResult.Failed("there was no heartbeat since the start; the file is of an earlier run");
            }
            Duration age = Duration.between(touched, clock.instant());
            return age.compareTo(maxAge) <= 0
                    ? new ProbeResult.Passed()
                    : new ProbeResult.Failed(
                            "the last heartbeat is " + inSeconds(age) + " old, allowed are " + inSeconds(maxAge));
        } catch (IOException | InvalidPathException e) {
            return new ProbeResult.Failed("there was no heartbeat yet: " + file + " does not exist");
        }
    }

    static String inSeconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
