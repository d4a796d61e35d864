package io.vyra.modulemanager.benchmark.peer;

import io.vyra.modulemanager.benchmark.core.SampleTree;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Learns that a process executes from the process itself: it writes its pid into a named pipe as the first thing it does. So nobody's
 * own idea of "running" is measured, and nothing is polled.
 */
final class StartSignal implements AutoCloseable {
    private final Path pipe;
    private final RandomAccessFile keptOpen;
    private final BlockingQueue<Started> started = new LinkedBlockingQueue<>();

    /** @param at {@link System#nanoTime} when its line arrived */
    record Started(long pid, long at) {}

    StartSignal(Path pipe) throws IOException, InterruptedException {
        this.pipe = pipe;
        if (new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("no pipe could be made at " + pipe);
        }
        // Open for writing too, so that the reader never sees an end between two processes.
        this.keptOpen = new RandomAccessFile(pipe.toFile(), "rw");
        Thread.ofPlatform().daemon().name("start-signal").start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(new FileReader(pipe.toFile(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                started.add(new Started(Long.parseLong(line), System.nanoTime()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the pipe " + pipe + " could not be read", e);
        }
    }

    /** A module that tells its start, then does nothing. The shell's pid stays, because it replaces itself. */
    SampleTree sample(String name) {
        return new SampleTree(name, "echo $$ >'" + pipe + "'\nexec sleep 100000\n");
    }

    Started next(Duration patience) throws InterruptedException {
        Started next = started.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new IllegalStateException("no process started within " + patience.toSeconds() + " s");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        keptOpen.close();
    }
}
