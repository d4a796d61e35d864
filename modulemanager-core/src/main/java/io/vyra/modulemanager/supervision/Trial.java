package io.vyra.modulemanager.supervision;

import io.vyra.modulemanager.runtime.ModuleProcess;
import io.vyra.modulemanager.supervision.Launches.Launch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * A process beside a module's own that has to prove itself: it works once its first probe passed, and has failed when it ends, or its probe
 * says that it hangs. It is never started again: that would be no proof.
 *
 * <p>Thread-safe; what it finds out comes through its mailbox.
 */
public final class Trial implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Trial.class);

    private final CompletableFuture<Void> works = new CompletableFuture<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final ModuleProcess process;
    private final Mailbox mailbox;
    private final ProbeLoop probes;

    private Trial(Launch launch, ModuleProcess process, SupervisionParts parts) {
        this.process = process;
        this.mailbox = new Mailbox(parts.executor(), launch.spec().module() + " on trial");
        this.probes = new ProbeLoop(
                launch, process, parts.prober(), parts.timers(), parts.clock(), mailbox::post, new Verdicts());
    }

    static Trial begin(Launch launch, ModuleProcess process, SupervisionParts parts) {
        LOG.infof(
                "Trial begins module=%s generation=%d",
                launch.spec().module(), launch.spec().generation());
        Trial trial = new Trial(launch, process, parts);
        process.exit().thenAccept(evidence -> trial.fail(evidence.inWords()));
        trial.mailbox.post(trial.probes::begin);
        return trial;
    }

    /** Completes when its first probe has passed. */
    public CompletableFuture<Void> works() {
        return works.copy();
    }

    /** Completes with what went wrong, in words, if anything does. */
    public CompletableFuture<String> failure() {
        return failure.copy();
    }

    /** What keeps the process from being seen, in words; empty when nothing does. */
    public Optional<String> obstacle() {
        return process.obstacle();
    }

    private void fail(String why) {
        failure.complete(why);
        mailbox.post(probes::end);
    }

    /** Nobody looks any more; the process is not disturbed. */
    @Override
    public void close() {
        mailbox.post(probes::end);
    }

    private final class Verdicts implements ProbeLoop.Verdicts {
        @Override
        public void works() {
            works.complete(null);
        }

        @Override
        public void ails(String reason, int failures) {
            LOG.debugf("trial ails failures=%d cause=%s", failures, reason);
        }

        @Override
        public void hangs(String reason) {
            fail("did not answer its probe: " + reason);
        }
    }
}
