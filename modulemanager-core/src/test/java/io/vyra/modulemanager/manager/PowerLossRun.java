package io.vyra.modulemanager.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.modulemanager.powerloss.CrashImage;
import io.vyra.modulemanager.powerloss.DiskModel;
import io.vyra.modulemanager.powerloss.FileCall;
import io.vyra.modulemanager.powerloss.Loss;
import io.vyra.modulemanager.powerloss.SystemCallRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One scenario's operation as it was recorded, and the images that a power loss at any moment of it could leave. */
final class PowerLossRun {
    /** That everything unsynced survives is what the crash matrix is about. */
    private static final List<Loss.Manner> MANNERS =
            List.of(Loss.Manner.EVERYTHING, Loss.Manner.SCATTERED, Loss.Manner.SCATTERED, Loss.Manner.IN_ORDER);

    private static final int ATTEMPTS = 4;

    private final CrashScenario scenario;
    private final Path place;
    private final List<FileCall> calls;

    /** @param mark the last that the recorded manager had said when the power went; empty before all of them */
    record Crash(CrashImage image, Optional<PowerLossMark> mark, String story) {}

    private PowerLossRun(CrashScenario scenario, Path place, List<FileCall> calls) {
        this.scenario = scenario;
        this.place = place;
        this.calls = calls;
    }

    /** Records the scenario in a manager of its own, and checks that the model of the disk ends as the disk does. */
    static PowerLossRun record(CrashScenario scenario, Path folder) throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("recorded")).toRealPath();
        CrashScenario.offer(place);
        List<FileCall> calls = new SystemCallRecorder(place, folder)
                .record(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordedManager.class.getName(),
                        place.toString(),
                        scenario.name()));
        PowerLossRun run = new PowerLossRun(scenario, place, calls);
        run.checkModel();
        return run;
    }

    /** Without this, a call that the model misses would look like a manager that loses nothing. */
    private void checkModel() throws IOException {
        DiskModel disk = new DiskModel(place);
        calls.forEach(disk::apply);
        assertThat(dataOf(disk.image(new Loss(Loss.Manner.NOTHING, 0))))
                .as("the model of the disk after the whole record of %s", scenario)
                .isEqualTo(dataOf(CrashImage.of(place)));
    }

    private static List<String> dataOf(CrashImage image) {
        return image.listing().lines().filter(line -> line.startsWith("data/")).toList();
    }

    Path sources() {
        return place.resolve("sources");
    }

    /**
     * Different images of crashes, at moments spread evenly up to the end of the operation.
     *
     * @param from  the first moment; empty for the beginning of the record
     * @param count at most so many
     */
    List<Crash> crashes(Optional<PowerLossMark> from, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int first = from.map(this::indexOf).orElse(0);
        int last = indexOf(PowerLossMark.ENDED) + 1;
        List<Crash> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        DiskModel disk = new DiskModel(place);
        Optional<PowerLossMark> mark = Optional.empty();
        for (int i = 0; i <= last; i++) {
            // Where a moment has no image that is new, later ones make up for it.
            long due = (long) count * (i - first + 1) / (last - first + 1);
            for (int attempt = 0; i >= first && found.size() < due && attempt < ATTEMPTS; attempt++) {
                Loss.Manner manner = i == last ? Loss.Manner.EVERYTHING : MANNERS.get(random.nextInt(MANNERS.size()));
                long choice = random.nextLong();
                CrashImage image = disk.image(new Loss(manner, choice));
                if (seen.add(image.listing())) {
                    found.add(new Crash(image, mark, story(i, manner, mark)));
                }
            }
            disk.apply(calls.get(i));
            Optional<PowerLossMark> said = markOf(calls.get(i));
            if (said.isPresent()) {
                mark = said;
            }
        }
        return found;
    }

    private String story(int moment, Loss.Manner manner, Optional<PowerLossMark> mark) {
        return "%s, power lost before call %d of %d, %s; of what was not synced is lost: %s; the manager had last said: %s"
                .formatted(
                        scenario,
                        moment,
                        calls.size(),
                        calls.get(moment),
                        manner,
                        mark.map(PowerLossMark::name).orElse("nothing"));
    }

    private int indexOf(PowerLossMark mark) {
        for (int i = 0; i < calls.size(); i++) {
            if (markOf(calls.get(i)).equals(Optional.of(mark))) {
                return i;
            }
        }
        throw new AssertionError("the recorded manager never said " + mark);
    }

    private static Optional<PowerLossMark> markOf(FileCall call) {
        return call instanceof FileCall.Mark said
                ? Arrays.stream(PowerLossMark.values())
                        .filter(mark -> mark.name().equals(said.text()))
                        .findFirst()
                : Optional.empty();
    }
}
