package io.vyra.modulemanager.benchmark.peer;

import io.vyra.modulemanager.benchmark.Benchmark;
import io.vyra.modulemanager.benchmark.Scene;
import io.vyra.modulemanager.benchmark.result.Distribution;
import io.vyra.modulemanager.benchmark.result.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** From a crash to running again, for the first crash, under this manager, supervisord and pm2. */
public final class RecoveryBenchmark implements Benchmark {
    private static final double TARGET_MILLISECONDS = 300;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String title() {
        return "Crash (SIGKILL of the process) to running again, for the first crash";
    }

    /** A supervised process and what was measured of it. */
    private static final class Patient {
        private final Supervisor supervisor;
        private final double[] milliseconds;
        private StartSignal.Started process;

        Patient(Supervisor supervisor, int rounds) throws InterruptedException {
            this.supervisor = supervisor;
            this.milliseconds = new double[rounds];
            this.process = supervisor.signal().next(Supervisor.PATIENCE);
        }

        /** Returns {@link System#nanoTime} just before the crash. */
        long crash(int round) throws InterruptedException {
            ProcessHandle victim = ProcessHandle.of(process.pid()).orElseThrow();
            long begin = System.nanoTime();
            victim.destroyForcibly();
            process = supervisor.signal().next(Supervisor.PATIENCE);
            milliseconds[round] = (process.at() - begin) / 1e6;
            return begin;
        }

        void renew() throws InterruptedException {
            process = supervisor.renew(process);
        }

        long youngestAllowed(Duration calm) {
            return process.at() + calm.toNanos();
        }
    }

    @Override
    public void run(Scene scene, Findings findings) throws Exception {
        int rounds = scene.scale().recoveryRounds();
        Path folder = scene.emptyFolder("r");
        List<Supervisor> supervisors = new ArrayList<>();
        try (StartSignal own = new StartSignal(folder.resolve("own"));
                StartSignal second = new StartSignal(folder.resolve("second"));
                StartSignal third = new StartSignal(folder.resolve("third"))) {
            try {
                ManagedModule managed = new ManagedModule(folder, scene.shim(), own);
                supervisors.add(managed);
                Optional<Supervisor> supervisord =
                        Supervisord.start(scene, Files.createDirectories(folder.resolve("supervisord")), second);
                Optional<Supervisor> pm2 = Pm2.start(scene, Files.createDirectories(folder.resolve("pm2")), third);
                supervisord.ifPresentOrElse(
                        supervisors::add, () -> findings.note("supervisord was not there and is not measured."));
                pm2.ifPresentOrElse(supervisors::add, () -> findings.note("pm2 was not there and is not measured."));
                measure(managed, supervisors, rounds, scene.scale().recoveryCalm(), findings);
            } finally {
                for (Supervisor supervisor : supervisors) {
                    supervisor.close();
                }
            }
        }
    }

    private static void measure(
            ManagedModule managed, List<Supervisor> supervisors, int rounds, Duration calm, Findings findings)
            throws InterruptedException {
        List<Patient> patients = new ArrayList<>();
        for (Supervisor supervisor : supervisors) {
            patients.add(new Patient(supervisor, rounds));
        }
        Patient own = patients.getFirst();
        double[] running = new double[rounds];
        Random random = new Random();
        for (int round = 0; round < rounds; round++) {
            List<Patient> order = new ArrayList<>(patients);
            Collections.shuffle(order, random);
            for (Patient patient : order) {
                rest(patient, calm, random);
                long begin = patient.crash(round);
                if (patient == own) {
                    long seen = managed.runningSince(patient.process.pid());
                    running[round] = (Math.max(seen, patient.process.at()) - begin) / 1e6;
                }
            }
            own.renew();
        }
        Distribution seen = findings.distribution("module manager: crash to phase running", "ms", running);
        for (Patient patient : patients) {
            findings.distribution(
                    patient.supervisor.describe() + ": crash to executing again", "ms", patient.milliseconds);
        }
        findings.verdict("crash to phase running at p95", seen.p95(), "ms", TARGET_MILLISECONDS);
        findings.note(
                "The same script under each, one crash after the other in random order. It writes its pid into a pipe as the first thing it does: "
                        + "that is *executing again*. *Phase running* is what the manager says after the first probe.");
        findings.note("Every process ran for at least " + calm.toMillis()
                + " ms, and at random up to 80 % more, before it was crashed, so that supervisord and pm2 count it as started. Default settings everywhere. "
                + "The manager waits 0 … 200 ms at random before the first restart, so that modules that fail together do not start together; "
                + "its restart budget was made whole before each crash.");
    }

    /** Lets the process run long enough, and ends at a random moment of whatever rhythm its supervisor has. */
    private static void rest(Patient patient, Duration calm, Random random) {
        long until = patient.youngestAllowed(calm) + (long) (calm.toNanos() * 0.8 * random.nextDouble());
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
