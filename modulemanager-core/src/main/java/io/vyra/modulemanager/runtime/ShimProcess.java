package io.vyra.modulemanager.runtime;

import io.vyra.modulemanager.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A module that runs under a shim, as this manager sees it. */
final class ShimProcess implements ModuleProcess {
    private static final Logger LOG = Logger.getLogger(ShimProcess.class);
    private static final Map<String, Integer> SIGNALS =
            Map.of("HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "USR1", 10, "USR2", 12, "TERM", 15);
    private static final int LAST_LINES = 50;

    /** What a shim may need to bury a module's processes (5 s) and to drain its pipes (2 s), and a little more. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(9);

    private final ShimSurroundings around;
    private final String key;
    private final String mark;
    private final StartRecord record;
    private final ModuleGroups groups;
    private final CompletableFuture<ExitEvidence> exit = new CompletableFuture<>();
    private volatile Optional<ShimConnection> connection = Optional.empty();

    /** @param mark launch mark of this generation */
    ShimProcess(ShimSurroundings around, String key, String mark, StartRecord record, ModuleGroups groups) {
        this.around = around;
        this.key = key;
        this.mark = mark;
        this.record = record;
        this.groups = groups;
    }

    /** Listens to its shim from now on. */
    ShimProcess attach(ShimConnection opened) {
        connection = Optional.of(opened);
        opened.end().thenAccept(last -> last.ifPresentOrElse(this::finish, this::conversationLost));
        return this;
    }

    /** The shim could not be reached: looks for it, and for what it left. */
    ShimProcess detached() {
        Thread.ofVirtual().name("shim-lost-" + key).start(this::conversationLost);
        return this;
    }

    private void conversationLost() {
        try {
            switch (around.finder().find(key)) {
                case ShimFinder.Found.Answering(ShimConnection again)
                when isSameLaunch(again.greeting()) -> attach(again);
                case ShimFinder.Found.Answering(ShimConnection other) -> {
                    other.close();
                    finishWithout("a newer launch of the module was found in its place");
                }
                case ShimFinder.Found.Silent silent -> {
                    around.leftovers().endShim(record.shimPid(), around.folder(), key);
                    finishWithout("its keeper process did not answer any more and was ended with it");
                }
                case ShimFinder.Found.Dead dead ->
                    around.folder()
                            .exitRecord(key, identity().generation())
                            .ifPresentOrElse(
                                    this::finish,
                                    () -> finishWithout("its keeper process was killed, and the module with it"));
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "end of module not understood key=%s", key);
            finishWithout("how it ended could not be found out: " + e.getMessage());
        }
    }

    private boolean isSameLaunch(StartRecord greeting) {
        return greeting.identity().equals(identity());
    }

    private void finish(ExitRecord end) {
        if (end.leftover()) {
            around.leftovers().endMarked(mark);
        }
        exit.complete(evidence(end.code(), end.signal(), end.at(), end.ranFor(), ""));
        groups.remove();
    }

    private void finishWithout(String note) {
        String words = note;
        try {
            around.leftovers().end(identity());
            around.leftovers().endMarked(mark);
        } catch (RuntimeException e) {
            LOG.errorf(e, "leftovers not ended key=%s", key);
            words = note + "; processes of it may still run";
        }
        Instant now = around.clock().instant();
        exit.complete(evidence(
                OptionalInt.empty(),
                OptionalInt.empty(),
                now,
                Duration.between(identity().startedAt(), now),
                words));
        groups.remove();
    }

    /** What a launch left that nobody watched to its end. */
    ExitEvidence evidence(OptionalInt code, OptionalInt signal, Instant at, Duration ranFor, String note) {
        return new ExitEvidence(
                identity().generation(),
                code,
                signal,
                groups.ranOutOfMemory(),
                at,
                ranFor.isNegative() ? Duration.ZERO : ranFor,
                lastLines(),
                note);
    }

    private List<String> lastLines() {
        try {
            return record.logs()
                    .map(logs -> new LogFiles(logs, around.watch())
                            .tail(LAST_LINES).stream().map(LogLine::text).toList())
                    .orElse(List.of());
        } catch (RuntimeException e) {
            LOG.warnf(e, "last log lines not read key=%s", key);
            return List.of();
        }
    }

    @Override
    public ProcessIdentity identity() {
        return record.identity();
    }

    @Override
    public CompletableFuture<ExitEvidence> exit() {
        return exit.copy();
    }

    @Override
    public void requestStop(String signal) {
        Integer number = SIGNALS.get(signal.toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""));
        if (number == null) {
            throw new IllegalArgumentException("signal must be one of " + SIGNALS.keySet() + " but is " + signal);
        }
        /* A paused process would not see the signal before it is continued. */
        send("signal " + number + "\nresume");
    }

    @Override
    public void kill() {
        if (exit.isDone()) {
            return;
        }
        send("kill");
        exit.copy().orTimeout(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            Thread.ofVirtual().name("shim-end-" + key).start(this::killWithoutShim);
            return null;
        });
    }

    private void killWithoutShim() {
        LOG.warnf("keeper does not obey and is ended with its module key=%s pid=%d", key, record.shimPid());
        around.leftovers().endShim(record.shimPid(), around.folder(), key);
        around.leftovers().end(identity());
        around.leftovers().endMarked(mark);
    }

    @Override
    public void pause() {
        send("pause");
    }

    @Override
    public void resume() {
        send("resume");
    }

    private void send(String command) {
        if (!exit.isDone() && !connection.map(shim -> shim.send(command)).orElse(false)) {
            LOG.debugf("command not delivered key=%s command=%s", key, command);
        }
    }

    @Override
    public boolean isPaused() {
        return around.processes()
                .entryOf(identity())
                .filter(entry -> entry.state() == 'T' || entry.state() == 'D' && waitsForStoppedChild(entry))
                .isPresent();
    }

    /** A process in vfork(2) stops only after its child has gone on, which is stopped too. */
    private boolean waitsForStoppedChild(ProcessTable.Entry entry) {
        return around.processes().descendants(entry.pid()).stream().anyMatch(child -> child.state() == 'T');
    }

    @Override
    public String doing() {
        return exit.isDone() ? "" : ProcessActivity.of(record.identity().pid());
    }

    @Override
    public Optional<Usage> usage() {
        if (exit.isDone() || !around.processes().isAlive(identity())) {
            return Optional.empty();
        }
        return groups.usage().or(this::usageOfTree);
    }

    /** Everything below the shim is the module's: whoever loses its parent becomes the shim's child. */
    private Optional<Usage> usageOfTree() {
        List<ProcessTable.Entry> tree = around.processes().descendants(record.shimPid());
        long ticks = tree.stream().mapToLong(ProcessTable.Entry::cpuTicks).sum();
        long bytes = tree.stream().mapToLong(ProcessTable.Entry::residentBytes).sum();
        return tree.isEmpty()
                ? Optional.empty()
                : Optional.of(new Usage(ticks / ProcessTable.TICKS_PER_SECOND, bytes, tree.size()));
    }

    @Override
    public List<String> unenforcedLimits() {
        return record.notes();
    }
}
