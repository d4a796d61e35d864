package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at any moment of an operation, and what was not synced is lost, torn or reordered; a manager that then starts finds
 * the module wholly old or wholly new, and brings the operation to its end. {@code docs/power-loss.md} says how.
 *
 * <p>The system properties {@code power-loss.seed} and {@code power-loss.images} choose other images, and more of them.
 */
class PowerLossTest {
    private static final long SEED = Long.getLong("power-loss.seed", 20_26);
    private static final int FEW = Integer.getInteger("power-loss.images", 16);
    private static final int MANY = Integer.getInteger("power-loss.images", 150);
    /** Recovering is mostly waiting. */
    private static final int AT_ONCE = 4;

    @ParameterizedTest
    @EnumSource(names = {"INSTALL", "UPLOAD", "UPDATE", "REMOVE"})
    void shouldBeConsistentAfterAPowerLoss(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        PowerLossRun run = PowerLossRun.record(scenario, folder);
        recoverAll(scenario, run, run.crashes(Optional.of(PowerLossMark.PREPARED), FEW, SEED), folder);
    }

    /** What only moves a process writes a few rows, of which there are not so many images. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"INSTALL", "UPLOAD", "UPDATE", "BROKEN_UPDATE", "ROLLBACK", "REMOVE"})
    void shouldBeConsistentAfterAPowerLossAtAnyMoment(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        PowerLossRun run = PowerLossRun.record(scenario, folder);
        recoverAll(scenario, run, run.crashes(Optional.of(PowerLossMark.PREPARED), MANY, SEED + 1), folder);
    }

    /** The very first start creates folders and database, and is a moment like any other. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = "INSTALL")
    void shouldStartAfterAPowerLossDuringTheFirstStart(CrashScenario scenario, @TempDir Path folder)
            throws IOException, InterruptedException {
        PowerLossRun run = PowerLossRun.record(scenario, folder);
        recoverAll(scenario, run, run.crashes(Optional.empty(), MANY, SEED + 2), folder);
    }

    private static void recoverAll(
            CrashScenario scenario, PowerLossRun run, List<PowerLossRun.Crash> crashes, Path folder)
            throws InterruptedException {
        assertThat(crashes).as("different images of %s", scenario).hasSizeGreaterThan(FEW / 2);
        List<String> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> recoveries = new ArrayList<>();
            for (int i = 0; i < crashes.size(); i++) {
                PowerLossRun.Crash crash = crashes.get(i);
                Path place = folder.resolve("image-" + i);
                recoveries.add(threads.submit(() -> {
                    recover(scenario, run, crash, place);
                    return null;
                }));
            }
            for (int i = 0; i < recoveries.size(); i++) {
                try {
                    recoveries.get(i).get();
                } catch (ExecutionException e) {
                    failures.add(crashes.get(i).story() + ":\n" + e.getCause() + "\nThe image was:\n"
                            + crashes.get(i).image().listing());
                }
            }
        }
        System.out.println(scenario + ": recovered from " + crashes.size() + " images, seed " + SEED);
        assertThat(failures)
                .as("%d of %d images, -Dpower-loss.seed=%d", failures.size(), crashes.size(), SEED)
                .isEmpty();
    }

    private static void recover(CrashScenario scenario, PowerLossRun run, PowerLossRun.Crash crash, Path place)
            throws IOException {
        Files.createDirectory(place);
        crash.image().writeTo(place);
        RecoveryChecks checks =
                new RecoveryChecks(scenario, new SampleProcesses(), place, run.sources(), crash.story());
        try (TestManager manager = new TestManager(place)) {
            checkPromises(scenario, crash, checks.check(manager));
        }
        checks.checkDatabase();
    }

    /** What the manager had told anyone is still true, and a power loss is no reason to give an operation up. */
    private static void checkPromises(
            CrashScenario scenario, PowerLossRun.Crash crash, RecoveryChecks.Outcome outcome) {
        outcome.operation()
                .ifPresent(it -> assertThat(it.status()).as(it.toString()).isEqualTo(scenario.ending()));
        crash.mark().ifPresent(mark -> {
            switch (mark) {
                case PREPARED -> {}
                case ACCEPTED, ENDED -> assertThat(outcome.operation()).isPresent();
            }
        });
    }
}
